import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { AppendRequest, AppendResult, NewEvent } from '../event-store.ts';
import { newEvent, positionsOf, readWholeLog } from './events.ts';
import type { OpenEventStore } from './opened-event-store.ts';
import type { Promises } from './promises.ts';

/** The store as one would draw it: streams of event ids, and the log of all of them. */
function createModel() {
  const log: { readonly stream: string; readonly id: string }[] = [];

  function inStream(stream: string) {
    return log.flatMap((event, index) => (event.stream === stream ? [{ id: event.id, position: index + 1 }] : []));
  }

  function append({ stream, expectedRevision, events }: AppendRequest): AppendResult {
    const held = inStream(stream);
    if (held.length === expectedRevision + 1) {
      log.push(...events.map(({ id }) => ({ stream, id })));
    } else {
      const there = held.slice(expectedRevision + 1).slice(0, events.length);
      if (JSON.stringify(there.map(({ id }) => id)) !== JSON.stringify(events.map(({ id }) => id))) {
        return { outcome: 'wrong-revision', actualRevision: held.length - 1 };
      }
    }
    const revision = expectedRevision + events.length;
    return { outcome: 'appended', revision, position: inStream(stream)[revision]?.position ?? 0 };
  }

  return { log, inStream, append };
}

/** Answers where the order of streams in the log is not promised. */
function withoutPositions(results: readonly AppendResult[]) {
  return results.map((result) => (result.outcome === 'appended' ? { ...result, position: undefined } : result));
}

/** A step of a random history: a call of several requests, perhaps without waiting for it before the next. */
interface Step {
  readonly requests: readonly { stream: number; offset: number; ids: readonly number[] }[];
  readonly awaited: boolean;
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    requests: fc.array(
      fc.record({
        stream: fc.integer({ min: 0, max: 3 }),
        // How far the expected revision is from the actual one: mostly right.
        offset: fc.oneof(
          { weight: 6, arbitrary: fc.constant(0) },
          { weight: 2, arbitrary: fc.integer({ min: -3, max: 2 }) },
        ),
        // Few ids, so that retries and collisions come up by chance.
        ids: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    awaited: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

export function describeInterleavings(open: OpenEventStore, promises: Promises): void {
  describe('any history of calls', () => {
    it('gives the answers and the log that a simple model gives', { timeout: 300_000 }, async () => {
      const events: NewEvent[] = Array.from({ length: 6 }, () => newEvent({ id: randomUUID() }));
      await fc.assert(
        fc.asyncProperty(steps, async (history) => {
          const { store, close } = await open({});
          try {
            const model = createModel();
            const pending: Promise<AppendResult[]>[] = [];
            const expected: AppendResult[][] = [];
            for (const { requests, awaited } of history) {
              const call: AppendRequest[] = [];
              const results: AppendResult[] = [];
              for (const { stream, offset, ids } of requests) {
                const name = `stream-${stream}`;
                const expectedRevision = Math.max(-1, model.inStream(name).length - 1 + offset);
                const wanted = { stream: name, expectedRevision, events: ids.flatMap((id) => events[id] ?? []) };
                call.push(wanted);
                results.push(model.append(wanted));
              }
              expected.push(results);
              const answer = store.append(call);
              pending.push(answer);
              if (awaited) await answer;
            }
            const answers = await Promise.all(pending);
            const log = await readWholeLog(store, 7);
            expect(positionsOf(log)).toEqual(model.log.map((_, index) => index + 1));
            if (promises.order === 'of requests') {
              expect(answers).toEqual(expected);
              expect(log.map(({ stream, id }) => ({ stream, id }))).toEqual(model.log);
            }
            expect(answers.map(withoutPositions)).toEqual(expected.map(withoutPositions));
            for (const stream of new Set(model.log.map((event) => event.stream))) {
              const inStream = await store.readStream(stream);
              expect(inStream).toEqual(log.filter((event) => event.stream === stream));
              expect(inStream.map(({ id, revision }) => ({ id, revision }))).toEqual(
                model.inStream(stream).map(({ id }, revision) => ({ id, revision })),
              );
            }
          } finally {
            await close();
          }
        }),
        { numRuns: process.env['CI'] === 'true' ? 200 : 40 },
      );
    });
  });
}
