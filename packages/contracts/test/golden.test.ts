import { readdirSync, readFileSync } from 'node:fs';

import { decodeEvent, eventRegistry } from '@stance/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const storedSchema = z.object({
  position: z.number(),
  id: z.string(),
  type: z.string(),
  schemaVersion: z.number(),
  stream: z.string(),
  revision: z.number(),
  recordedAt: z.number(),
  data: z.string(),
  metadata: z.object({
    correlationId: z.string(),
    traceparent: z.string(),
    recordedBy: z.string(),
    batchId: z.string(),
  }),
});
const goldenSchema = z.object({ stored: storedSchema, decoded: z.unknown() });

const folder = new URL('golden/', import.meta.url);
const golden = readdirSync(folder).map((file) => ({
  file,
  ...goldenSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
}));

describe('events as they were once written', () => {
  it.each(golden)('$file is still read the same', ({ stored, decoded }) => {
    expect(decodeEvent(stored)).toEqual(decoded);
  });

  it.each(golden)('$file still fits the schema of its version', ({ stored }) => {
    const result = eventRegistry.schema(stored.type, stored.schemaVersion).safeParse(JSON.parse(stored.data));
    expect(result.error).toBeUndefined();
  });

  it('has a golden file of every version of every type', () => {
    const held = new Set(golden.map(({ stored }) => `${stored.type} ${stored.schemaVersion}`));
    const all = eventRegistry.types.flatMap((type) =>
      Array.from({ length: eventRegistry.currentVersion(type) }, (_, older) => `${type} ${older + 1}`),
    );
    expect(all.filter((version) => !held.has(version))).toEqual([]);
  });
});
