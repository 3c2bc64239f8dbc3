import { ProblemError } from '@stance/contracts';
import type { ReadModel } from '@stance/read-model';
import type { z } from 'zod';

import { checkParameters, decodeCursor } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { requestedDay } from './dates.ts';
import type { KnownPosition } from './known-position.ts';
import { referenceTo } from './methods.ts';
import type { Methods } from './methods.ts';
import type { ReadingContext } from './reading-context.ts';

/** The parameters that all reads have, as far as a call takes them. */
export interface SharedParameters {
  readonly at?: string | undefined;
  readonly knownAt?: string | undefined;
  readonly minPosition?: number | undefined;
  readonly method?: string | undefined;
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

/** A read under way: what it asks for, and what its answer is of. */
export interface Reading<Query = unknown> {
  readonly list: string;
  readonly query: Query;
  readonly context: ReadingContext;
  /** The parameters as text, without those that only say how to walk the list. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The key of the item that the page before ended with. */
  readonly key: readonly number[] | null;
  readonly cursor: (key: readonly number[]) => Cursor;
  /** Has the reads of a page share what they can. */
  readonly together: ReadModel['together'];
}

export interface ReadingRequest<Schema extends z.ZodType<SharedParameters>> {
  /** The call, and how many parts the keys of its items have. */
  readonly list: string;
  readonly keyLength: number;
  /** Whether the answer depends on `at`. */
  readonly takesAt: boolean;
  readonly schema: Schema;
  readonly query: z.output<Schema>;
  readonly signal: () => AbortSignal;
}

export interface ReadingsOptions {
  readonly readModel: ReadModel;
  readonly known: KnownPosition;
  readonly clock: () => number;
  readonly methods: Methods;
}

/** How to walk a list, and how long to wait: no part of what the list is. */
const walking: ReadonlySet<string> = new Set(['limit', 'after', 'minPosition']);

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value));

const parametersOf = (query: SharedParameters): Record<string, string> => {
  const parameters: Record<string, string> = {};
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && !walking.has(name)) parameters[name] = textOf(value);
  }
  return parameters;
};

/** Answers reads: checks the parameters that they share, and settles the position that they are answered at. */
export const createReadings = ({ readModel, known, clock, methods }: ReadingsOptions) => {
  const together: ReadModel['together'] = (work) => readModel.together(work);
  const positionNow = async (): Promise<number> =>
    readModel.read((snapshot) => Promise.resolve(snapshot.checkpoint.position));

  return {
    /** @throws ProblemError for what is wrong with the parameters or the cursor; and as `answer` does. */
    answer: async <Schema extends z.ZodType<SharedParameters>, Answer>(
      { list, keyLength, takesAt, schema, query, signal }: ReadingRequest<Schema>,
      answer: (reading: Reading<z.output<Schema>>) => Promise<Answer>,
    ): Promise<Answer> => {
      const given = parametersOf(query);
      const before = query.after === undefined ? null : decodeCursor(query.after, list, keyLength);
      if (before !== null) checkParameters(before, given);
      const parameters = before === null ? given : before.parameters;
      const whole = before === null ? query : restored(schema, parameters);
      const method = whole.method === undefined ? methods.standard : methods.asked('method', whole.method);
      const at = requestedDay(whole.at, clock());
      const asked =
        before === null
          ? await known.resolve(query, signal)
          : await known.resolve({ knownAt: String(before.knownAt), minPosition: query.minPosition }, signal);
      const live = before === null ? asked === null : before.live;
      // A list without `at` stays one of the day on which it was begun.
      const day =
        takesAt && before !== null && whole.at === undefined ? requestedDay(undefined, before.day * 86_400_000) : at;
      return together(async () => {
        const context: ReadingContext = {
          knownAt: asked ?? (await positionNow()),
          live,
          at: day,
          atText: whole.at,
          method: referenceTo(method),
          methodText: whole.method,
        };
        return answer({
          list,
          query: whole,
          context,
          parameters,
          key: before?.key ?? null,
          cursor: (key) => ({ list, parameters, knownAt: context.knownAt, live, day: takesAt ? day.day : 0, key }),
          together,
        });
      });
    },
  };
};

const restored = <Schema extends z.ZodType<SharedParameters>>(
  schema: Schema,
  parameters: Readonly<Record<string, string>>,
): z.output<Schema> => {
  const result = schema.safeParse(parameters);
  if (result.success) return result.data;
  throw new ProblemError('invalid-cursor', { detail: 'The cursor does not fit this list.', cause: result.error });
};

export type Readings = ReturnType<typeof createReadings>;
