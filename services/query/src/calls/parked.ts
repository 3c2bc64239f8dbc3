import { getParked, listParked, ProblemError } from '@stance/contracts';
import type { ParkedStream } from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';

import { readParked, readParkedStream } from '../answers/parked-answer.ts';
import { jsonAnswer } from '../json-answer.ts';
import { answerList } from '../list.ts';
import type { Page } from '../list.ts';
import type { QueryService } from '../service.ts';
import { isLines } from './accept-lines.ts';

/** `GET /v1/projections/{name}/parked` and `GET /v1/projections/{name}/parked/{stream}`. */
export const registerParked = (app: HttpApp, { readings, readModel, methods }: QueryService): void => {
  const requireProjection = (name: string): void => {
    if (name !== methods.standard.name) {
      throw new ProblemError('not-found', { detail: `There is no projection "${name}".` });
    }
  };

  registerEndpoint(app, listParked, async (input) => {
    requireProjection(input.params.name);
    return readings.answer(
      {
        list: listParked.operationId,
        keyLength: 1,
        takesAt: false,
        schema: listParked.query,
        query: input.query,
        signal: () => input.signal,
      },
      async (reading) => {
        const fetch = (key: readonly number[] | null, limit: number): Promise<Page<ParkedStream>> =>
          readModel.read(async (snapshot) => {
            const found = await snapshot.parked({ after: key?.[0] ?? 0, limit: limit + 1 });
            const items = await readParked(snapshot, found.slice(0, limit));
            const last = found.length > limit ? items.at(-1) : undefined;
            return { items, next: last === undefined ? null : [last.position] };
          });
        return answerList({
          reading,
          limit: input.query.limit,
          lines: isLines(input.accepts),
          signal: () => input.signal,
          fetch,
          envelope: {},
        });
      },
    );
  });

  registerEndpoint(app, getParked, async (input) => {
    const { name, stream } = input.params;
    requireProjection(name);
    const { told, position } = await readModel.read(async (snapshot) => ({
      told: await readParkedStream(snapshot, stream),
      position: snapshot.checkpoint.position,
    }));
    if (told === null) throw new ProblemError('not-parked', { detail: `Nothing of ${stream} is parked.` });
    return jsonAnswer(told, position);
  });
};
