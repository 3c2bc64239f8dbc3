import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openOwnDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { happenings, openPlay } from './happenings.ts';
import type { Happening } from './happenings.ts';

const rounds = process.env['CI'] === 'true' ? 2_000 : 24;

const urls = [
  '/v1/stances?at=2024-03',
  '/v1/stances?at=2024-02-14',
  ...['ann', 'bob', 'cem'].flatMap((holder) => [`/v1/histories/${holder}/tax`, `/v1/histories/${holder}/war`]),
  '/v1/changes',
  '/v1/changes?holder=bob',
  '/v1/statements',
];

/** What is answered, but for the position it is answered as of. */
const answers = async (desk: Desk): Promise<unknown[]> =>
  Promise.all(
    urls.map(async (url) => {
      const { status, body } = await desk.get<Record<string, unknown>>(url);
      return { url, status, body: { ...body, knownAt: null } };
    }),
  );

const pairs = fc
  .subarray(['ann', 'bob', 'cem'], { minLength: 2, maxLength: 2 })
  .map(([actorId = '', into = '']) => ({ actorId, into }));

const mergesNot =
  (actor: string) =>
  ({ kind, holder }: Happening): boolean =>
    (kind !== 'merge' && kind !== 'unmerge') || holder !== actor;

describe('a merge that is taken back', () => {
  test('leaves every answer as it was, those on who endorsed one of the two included', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, happenings, fc.integer({ min: 1, max: 10 }), async (pair, all, batch) => {
        await using desk = await openOwnDesk();
        const play = await openPlay(desk);
        // What the actor was merged into before would not come back with the unmerge.
        await play(all.filter(mergesNot(pair.actorId)));
        const position = await desk.project(batch);
        const before = await answers(desk);
        await desk.registry('ActorMerged', pair);
        await desk.project(batch);
        // They have to be folded together, not only told apart again.
        await answers(desk);
        await desk.registry('ActorUnmerged', { actorId: pair.actorId });
        expect(await desk.project(batch)).toBe(position + 2);
        expect(await answers(desk)).toEqual(before);
      }),
      { numRuns: rounds },
    );
  }, 600_000);
});
