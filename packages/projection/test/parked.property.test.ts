import { encodeEvent } from '@stance/contracts';
import { defaultMethod } from '@stance/domain';
import type { StoredEvent } from '@stance/event-store';
import { createProjection, rebuild } from '@stance/projection';
import type { ProjectedLog, Projection } from '@stance/projection';
import { openSqliteReadModelWriter } from '@stance/read-model/sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { differences } from './support/differences.ts';
import { faultyLog } from './support/faulty-log.ts';
import type { Fault } from './support/faulty-log.ts';
import { project } from './support/project.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import { record, stepsArbitrary } from './support/steps.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const method = defaultMethod;
const longest = 600_000;
/** Few: each makes four read models, one of them by a rebuild in a thread of its own. */
const skipRuns = process.env['CI'] === 'true' ? 400 : 30;

const faultArbitrary = fc.constantFrom<Fault>('newer-version', 'unknown-type', 'broken');
const chosenArbitrary = fc.array(fc.tuple(fc.nat(60), faultArbitrary), { minLength: 1, maxLength: 6 });
const sizesArbitrary = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });

/** Some events of a log, each with what is wrong with it. */
const faultsIn = (events: readonly StoredEvent[], chosen: readonly (readonly [number, Fault])[]): Map<string, Fault> =>
  new Map(
    chosen.flatMap(([at, fault]): [string, Fault][] => {
      const event = events[at % Math.max(events.length, 1)];
      return event === undefined ? [] : [[event.id, fault]];
    }),
  );

/** A projection into a file, whose parked streams are retried in an order of their own. */
const openLive = async (source: ProjectedLog, path: string, orders: Iterator<number>) => {
  const writer = openSqliteReadModelWriter({ path, method });
  const projection: Projection = await createProjection({ source, writer, method });
  const parked = async (): Promise<string[]> => {
    const streams = await writer.parkedStreams();
    return streams
      .map((stream) => ({ stream, order: orders.next().value ?? 0 }))
      .sort((a, b) => a.order - b.order)
      .map(({ stream }) => stream);
  };
  return {
    writer,
    projection,
    parked,
    async retryAll(): Promise<void> {
      for (const stream of await parked()) await projection.retry(stream);
    },
    async catchUp(sizes: readonly number[], afterEach: (turn: number) => Promise<void>): Promise<void> {
      for (let turn = 0; ; turn += 1) {
        await afterEach(turn);
        const { more } = await projection.applyNext(sizes[turn % sizes.length] ?? 1);
        if (!more) return;
      }
    },
  };
};

describe('parked events', () => {
  it(
    'that are retried once their fault is gone leave the rows that were made without the fault',
    () =>
      fc.assert(
        fc.asyncProperty(
          stepsArbitrary,
          chosenArbitrary,
          sizesArbitrary,
          fc.nat(3),
          fc.infiniteStream(fc.nat(100)),
          async (steps, chosen, sizes, mendedIn, orders) => {
            using folder = temporaryFolder();
            const log = createRecordedLog();
            await record(log, steps);
            const { events } = await log.store.readAll({ after: 0, limit: 1000 });
            const faults = faultsIn(events, chosen);
            const path = folder.path('live.db');
            const live = await openLive(faultyLog(log.store, faults), path, orders);
            await live.catchUp(sizes, async (turn) => {
              if (turn !== mendedIn) return;
              // In the middle of the log some of the faults go.
              for (const [id] of [...faults].slice(0, 2)) faults.delete(id);
              await live.retryAll();
            });
            await live.retryAll();
            faults.clear();
            await live.retryAll();
            await live.writer.close();
            await project(log.store, folder.path('clean.db'));
            expect(await differences(path, folder.path('clean.db'))).toEqual([]);
          },
        ),
      ),
    longest,
  );

  it(
    'that are skipped leave the rows that any rebuild comes to, by a program that can handle them too',
    () =>
      fc.assert(
        fc.asyncProperty(
          stepsArbitrary,
          stepsArbitrary,
          chosenArbitrary,
          sizesArbitrary,
          fc.infiniteStream(fc.nat(100)),
          async (steps, later, chosen, sizes, orders) => {
            using folder = temporaryFolder();
            const log = createRecordedLog();
            await record(log, steps);
            const { events } = await log.store.readAll({ after: 0, limit: 1000 });
            const faults = faultsIn(events, chosen);
            const source = faultyLog(log.store, faults);
            const path = folder.path('live.db');
            const live = await openLive(source, path, orders);
            await live.catchUp(sizes, () => Promise.resolve());
            for (let round = 0; round < 3; round += 1) {
              for (const stream of await live.parked()) {
                const [first] = await live.writer.parkedEvents(stream);
                if (first === undefined || (orders.next().value ?? 0) < 30) continue;
                const { revision, eventId } = first;
                const wholeStream =
                  revision === 0 && stream.startsWith('statement-') ? { wholeStream: true as const } : {};
                await log.appendRaw(
                  'registry',
                  encodeEvent('EventSkipped', { stream, revision, eventId, ...wholeStream, reason: 'broken' }),
                );
                if ((orders.next().value ?? 0) < 50) await live.catchUp(sizes, () => Promise.resolve());
              }
              await live.catchUp(sizes, () => Promise.resolve());
            }
            // What comes to streams that were skipped, and to others.
            await record(
              log,
              later.filter(({ kind }) => kind !== 'make'),
            );
            await live.catchUp(sizes, () => Promise.resolve());
            await project(source, folder.path('same-program.db'), sizes);
            expect(await differences(path, folder.path('same-program.db'))).toEqual([]);
            await rebuild({ source, path: folder.path('rebuilt.db'), method });
            expect(await differences(path, folder.path('rebuilt.db'))).toEqual([]);
            // A newer program knows more, but what is broken in the log stays so.
            for (const [id, fault] of faults) if (fault !== 'broken') faults.delete(id);
            await live.retryAll();
            await live.writer.close();
            await project(source, folder.path('newer-program.db'));
            // It can read whom a skipped event names: they have a number then, and nothing else.
            const numbers = ['actors', 'propositions'];
            expect(await differences(path, folder.path('newer-program.db'), numbers)).toEqual([]);
          },
        ),
        { numRuns: skipRuns },
      ),
    longest,
  );
});
