import { eventRegistry } from '@stance/contracts';
import type { EventStore } from '@stance/event-store';
import { createMemoryEventStore } from '@stance/event-store/memory';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { asFirstWritten } from './support/older-version.ts';
import { project } from './support/project.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import { statement } from './support/statements.ts';
import { record, stepsArbitrary } from './support/steps.ts';
import type { Step } from './support/steps.ts';
import { tableRows } from './support/table-rows.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** The log as it would be if the first events of it had been written before there were second versions. */
const upgradedAfter = async (log: EventStore, last: number): Promise<EventStore> => {
  let now = 0;
  const store = createMemoryEventStore({ clock: () => now });
  const { events } = await log.readAll({ after: 0, limit: 1000 });
  for (const { position, stream, revision, recordedAt, ...event } of events) {
    now = recordedAt;
    const written = position <= last ? { ...event, ...asFirstWritten(event) } : event;
    await store.append([{ stream, expectedRevision: revision - 1, events: [written] }]);
  }
  return store;
};

/** Without the versions and the payloads of parked events: they are kept as they were stored. */
const handled = ({ parked = [], ...rows }: Record<string, string[]>) => ({
  ...rows,
  parked: parked.map((row) => (JSON.parse(row) as unknown[]).slice(0, -2)),
});

/** Makes at least one event of every type that has had more than one version. */
const eachKind: Step[] = [
  { kind: 'make', content: statement({}), replaces: null },
  { kind: 'correct', which: 0, content: statement({ direction: 'oppose' }) },
  { kind: 'actor', id: 'ann', name: 'Ann Élan', alias: false },
  { kind: 'actor', id: 'ann', name: 'Ann Élan', alias: true },
  { kind: 'proposition', id: 'p1', text: 'Tanks should be sent', topics: ['war'] },
  { kind: 'relation', from: 'p1', to: 'p2' },
];

describe('a log that was begun before there were second versions', () => {
  it('makes the same rows as one that was written in the newest throughout', { timeout: 600_000 }, async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(stepsArbitrary, fc.nat(60), async (steps, last) => {
        using folder = temporaryFolder();
        const log = createRecordedLog();
        await record(log, steps);
        const older = await upgradedAfter(log.store, last);
        for (const { type, schemaVersion } of (await older.readAll({ after: 0, limit: 1000 })).events) {
          seen.add(`${type} ${schemaVersion}`);
        }
        await project(log.store, folder.path('newest.db'), [7]);
        await project(older, folder.path('older.db'), [7]);
        const [before, after] = await Promise.all([
          tableRows(folder.path('older.db')),
          tableRows(folder.path('newest.db')),
        ]);
        expect(handled(before)).toEqual(handled(after));
      }),
      {
        examples: [
          [eachKind, 0],
          [eachKind, eachKind.length],
        ],
      },
    );
    const evolved = eventRegistry.types.filter((type) => eventRegistry.currentVersion(type) > 1);
    const versions = evolved.flatMap((type) => [`${type} 1`, `${type} 2`]);
    expect(versions.filter((version) => !seen.has(version))).toEqual([]);
  });
});
