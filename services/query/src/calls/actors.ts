import { getActor, listActors, ProblemError } from '@stance/contracts';
import type { ActorAnswer } from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';
import type { ActorRow, NameRow, Snapshot } from '@stance/read-model';

import { actorAnswer, actorDetail } from '../answers/named-answer.ts';
import { jsonAnswer } from '../json-answer.ts';
import { answerList } from '../list.ts';
import type { Page } from '../list.ts';
import type { QueryService } from '../service.ts';
import { isLines } from './accept-lines.ts';
import { searchedWords } from './searched-words.ts';

const namesByActor = async (snapshot: Snapshot, rows: readonly ActorRow[], knownAt: number) => {
  const names = await snapshot.names(
    rows.map(({ no }) => no),
    knownAt,
  );
  return Map.groupBy(names, ({ actor }) => actor) as ReadonlyMap<number, readonly NameRow[]>;
};

/** `GET /v1/actors` and `GET /v1/actors/{id}`. */
export const registerActors = (app: HttpApp, { readings, readModel }: QueryService): void => {
  registerEndpoint(app, listActors, async (input) => {
    const reading = await readings.open({
      list: listActors.operationId,
      keyLength: 1,
      takesAt: false,
      schema: listActors.query,
      query: input.query,
      signal: () => input.signal,
    });
    const { knownAt } = reading.context;
    const words = searchedWords(reading.query.q);

    const fetch = async (key: readonly number[] | null, limit: number): Promise<Page<ActorAnswer>> => {
      if (words === null) return { items: [], next: null };
      const after = key?.[0] ?? 0;
      const { found, names } = await readModel.read(async (snapshot) => {
        const rows = await snapshot.actors({ knownAt, words, after, limit: limit + 1 });
        return { found: rows, names: await namesByActor(snapshot, rows, knownAt) };
      });
      const rows = found.slice(0, limit);
      const last = found.length > limit ? rows.at(-1) : undefined;
      return {
        items: rows.map((row) => actorAnswer(row, names.get(row.no) ?? [])),
        next: last === undefined ? null : [last.no],
      };
    };

    return answerList({
      reading,
      limit: input.query.limit,
      lines: isLines(input.accepts),
      signal: () => input.signal,
      fetch,
      envelope: {},
    });
  });

  registerEndpoint(app, getActor, async (input) => {
    const { id } = input.params;
    const { context } = await readings.open({
      list: getActor.operationId,
      keyLength: 0,
      takesAt: false,
      schema: getActor.query,
      query: input.query,
      signal: () => input.signal,
    });
    const { knownAt } = context;
    const body = await readModel.read(async (snapshot) => {
      const no = await snapshot.actorNo(id);
      const versions = no === null ? [] : await snapshot.actorVersions(no, knownAt);
      const last = versions.at(-1);
      if (no === null || last === undefined) return null;
      return actorDetail({ ...last, no, id }, await snapshot.names([no], knownAt), versions);
    });
    if (body === null) throw new ProblemError('unknown-actor', { detail: `There is no actor "${id}".` });
    return jsonAnswer(body, knownAt);
  });
};
