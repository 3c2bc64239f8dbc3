import { createEventIds } from '@stance/event-store';
import { expect, it } from 'vitest';

it('mints random UUIDs of version 4, no two alike, from one source and from several', () => {
  const sources = [createEventIds(), createEventIds()];
  const ids = Array.from({ length: 10_000 }, (_, index) => sources[index % 2]?.() ?? '');
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

it('leaves no digit but the fixed ones alike in all of them', () => {
  const newId = createEventIds();
  const ids = Array.from({ length: 1000 }, newId);
  const varying = Array.from({ length: 36 }, (_, place) => new Set(ids.map((id) => id[place])).size);
  expect(varying.flatMap((count, place) => (count === 1 ? [place] : []))).toEqual([8, 13, 14, 18, 23]);
  expect(varying[19]).toBe(4);
});
