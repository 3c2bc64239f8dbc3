import { getActor, listActors, ProblemError } from '@stance/contracts';
import type { ListedActor } from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';

import { readActorDetail } from '../answers/actor-detail.ts';
import { readListedActors } from '../answers/listed-actors.ts';
import { jsonAnswer } from '../json-answer.ts';
import { answerList } from '../list.ts';
import type { Page } from '../list.ts';
import type { QueryService } from '../service.ts';
import { isLines } from './accept-lines.ts';
import { searchedWords } from './searched-words.ts';

/** `GET /v1/actors` and `GET /v1/actors/{id}`. */
export const registerActors = (app: HttpApp, { readings, readModel }: QueryService): void => {
  registerEndpoint(app, listActors, async (input) => {
    return readings.answer(
      {
        list: listActors.operationId,
        keyLength: 1,
        takesAt: true,
        schema: listActors.query,
        query: input.query,
        signal: () => input.signal,
      },
      async (reading) => {
        const { knownAt, at } = reading.context;
        const day = reading.query.at === undefined ? null : at.day;
        const words = searchedWords(reading.query.q);

        const fetch = async (key: readonly number[] | null, limit: number): Promise<Page<ListedActor>> => {
          if (words === null) return { items: [], next: null };
          const after = key?.[0] ?? 0;
          return readModel.read(async (snapshot) => {
            const found = await snapshot.actors({ knownAt, words, day, after, limit: limit + 1 });
            const rows = found.slice(0, limit);
            const last = found.length > limit ? rows.at(-1) : undefined;
            return {
              items: await readListedActors(snapshot, rows, knownAt, at.day),
              next: last === undefined ? null : [last.no],
            };
          });
        };

        return answerList({
          reading,
          limit: input.query.limit,
          lines: isLines(input.accepts),
          signal: () => input.signal,
          fetch,
          envelope: { at: at.answer },
        });
      },
    );
  });

  registerEndpoint(app, getActor, async (input) => {
    const { id } = input.params;
    return readings.answer(
      {
        list: getActor.operationId,
        keyLength: 0,
        takesAt: true,
        schema: getActor.query,
        query: input.query,
        signal: () => input.signal,
      },
      async ({ context }) => {
        const { knownAt, at } = context;
        const body = await readModel.read((snapshot) => readActorDetail(snapshot, id, knownAt, at));
        if (body === null) throw new ProblemError('unknown-actor', { detail: `There is no actor "${id}".` });
        return jsonAnswer(body, knownAt);
      },
    );
  });
};
