import { hash } from 'node:crypto';

import { decodeEvent, eventRegistry } from '@stance/contracts';
import { describe, expect, it } from 'vitest';

import { goldenLog, linesOf, storeOf } from './golden-log.ts';

const versionsOf = (type: string): string[] =>
  Array.from({ length: eventRegistry.currentVersion(type) }, (_, older) => `${type} ${older + 1}`);

describe('the golden log', () => {
  it('has every version of every type', () => {
    const held = new Set(goldenLog.map(({ type, schemaVersion }) => `${type} ${schemaVersion}`));
    expect(eventRegistry.types.flatMap(versionsOf).filter((version) => !held.has(version))).toEqual([]);
  });

  it('is only ever appended to: no line that has a digest was touched', () => {
    const digests = linesOf('log.sha256');
    const lines = linesOf('log.ndjson');
    expect(lines.slice(0, digests.length).map((line) => hash('sha256', line))).toEqual(digests);
  });

  it('has a digest of every line: what is missing is to be added to log.sha256', () => {
    const added = linesOf('log.ndjson').slice(linesOf('log.sha256').length);
    expect(added.map((line) => hash('sha256', line))).toEqual([]);
  });

  it('is as a store holds it: in order, with no gap in the log nor in a stream, and no stamp before an earlier one', async () => {
    const store = await storeOf();
    expect((await store.readAll({ after: 0, limit: goldenLog.length + 1 })).events).toEqual(goldenLog);
  });

  it.each(goldenLog)(
    'line $position, $type $schemaVersion, fits its schema, and is read in the newest version',
    (stored) => {
      const { type, schemaVersion, data } = stored;
      expect(eventRegistry.schema(type, schemaVersion).safeParse(JSON.parse(data)).error).toBeUndefined();
      const newest = eventRegistry.schema(type, eventRegistry.currentVersion(type));
      expect(newest.safeParse(decodeEvent(stored).data).error).toBeUndefined();
    },
  );
});
