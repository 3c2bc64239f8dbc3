import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openDesk, openOwnDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { happenings, openPlay } from './happenings.ts';

const rounds = process.env['CI'] === 'true' ? 2_000 : 24;

const allUrls = (knownAt: number): string[] => {
  const known = `at=2024-03&knownAt=${String(knownAt)}`;
  const names = `knownAt=${String(knownAt)}`;
  return [
    `/v1/stances?${known}`,
    `/v1/stances?proposition=war&${known}&limit=2`,
    `/v1/histories/ann/tax?${known}`,
    `/v1/histories/bob/war?${known}&limit=1`,
    `/v1/changes?${names}`,
    `/v1/histories/cem/tax?${known}`,
    `/v1/histories/ann/war?${known}&method=wary`,
    `/v1/changes?${names}&method=wary`,
    `/v1/methods/compare?a=default&b=wary&${known}`,
    `/v1/changes?${names}&holder=bob`,
    `/v1/changes?${names}&proposition=tax&status=confirmed,withdrawn`,
    `/v1/changes?${names}&kind=first&limit=1`,
    `/v1/statements?${known}`,
    `/v1/statements?${known}&holder=ann`,
    `/v1/statements/s1?${names}`,
    `/v1/statements/s3?${names}`,
    `/v1/actors?${known}`,
    `/v1/actors?${known}&q=alias`,
    `/v1/actors/ann?${known}`,
    `/v1/actors/bob?${known}`,
    `/v1/propositions?${names}&q=word`,
    `/v1/propositions/war?${names}`,
    `/v1/actors/late-s1?${known}`,
    `/v1/topics?${names}`,
    `/v1/histories/ann/tax/explanation?${known}`,
    `/v1/histories/cem/war/explanation?${known}&limit=2`,
    `/v1/contested?${names}&holder=ann`,
    `/v1/contested?${names}&proposition=war&resolved=false&limit=1`,
    `/v1/compare?${known}&proposition=tax`,
  ];
};

/** Which of them a round asks. */
const asked = fc.shuffledSubarray([...allUrls(0).keys()], { minLength: 7, maxLength: 7 });

const answersAt = async (desk: Desk, knownAt: number, which: readonly number[]): Promise<string[]> => {
  const urls = allUrls(knownAt);
  return Promise.all(
    which.map(async (index) => {
      const url = urls[index] ?? '';
      const { status, text, headers } = await desk.get(url);
      // Problem documents name the request.
      return status === 200 ? `${url}\n${text}\n${String(headers['etag'])}` : `${url}\n${String(status)}`;
    }),
  );
};

describe('what was known at a position', () => {
  test('is answered the same, to the byte, before and after any later events, and as if they had never come', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, happenings, asked, async (before, after, which) => {
        await using desk = await openOwnDesk();
        const play = await openPlay(desk);
        await play(before);
        const position = await desk.project();
        const first = await answersAt(desk, position, which);

        await play(after);
        await desk.project(3);
        expect(await answersAt(desk, position, which)).toEqual(first);

        await using fresh = await openOwnDesk();
        await (
          await openPlay(fresh)
        )(before);
        await fresh.project();
        expect(await answersAt(fresh, position, which)).toEqual(first);
      }),
      { numRuns: rounds },
    );
  }, 600_000);

  test('at every position on the way is answered as it was when the log ended there', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, asked, async (all, which) => {
        await using desk = await openOwnDesk();
        await (
          await openPlay(desk)
        )(all);
        const end = await desk.head();
        await using step = await openOwnDesk();
        await (
          await openPlay(step)
        )(all);
        const seen: [number, string[]][] = [];
        for (let position = await step.project(1, 6); position <= end; position = await step.project(1, position + 1)) {
          seen.push([position, await answersAt(step, position, which)]);
          if (position === end) break;
        }
        await desk.project();
        for (const [position, answers] of seen) expect(await answersAt(desk, position, which)).toEqual(answers);
      }),
      { numRuns: rounds / 8 },
    );
  }, 600_000);

  test('a position or an instant that lies in the future is refused', async () => {
    const desk = await openDesk();
    await desk.actor('ann');
    await desk.project();
    for (const knownAt of ['2', '99999999999999999999', '2024-06-01', '2024-06-01T12:00:00.001Z', '2025-01-01']) {
      expect((await desk.refused(`/v1/actors?knownAt=${knownAt}`)).code).toBe('known-at-in-future');
    }
    expect((await desk.ask<{ knownAt: number }>('/v1/actors?knownAt=1')).knownAt).toBe(1);
    expect((await desk.refused('/v1/actors?knownAt=2024-06-01')).detail).toContain('The day 2024-06-01 is not over');
    expect((await desk.refused('/v1/actors?knownAt=2024-06-01T12:00:00.001Z')).detail).toContain(
      'The instant 2024-06-01T12:00:00.001Z has not passed yet',
    );
  });

  test('an instant means what was recorded by then, a day its end', async () => {
    const desk = await openDesk();
    await desk.actor('ann');
    desk.pass(1);
    await desk.actor('bob');
    await desk.actor('cem');
    desk.pass(1);
    await desk.actor('eve');
    desk.pass(1);
    await desk.project();
    const known = async (knownAt: string) =>
      (await desk.ask<{ knownAt: number }>(`/v1/actors?knownAt=${knownAt}`)).knownAt;
    expect(await known('2024-05-31')).toBe(0);
    expect(await known('2024-06-01T11:59:59.999Z')).toBe(0);
    expect(await known('2024-06-01T12:00:00Z')).toBe(1);
    expect(await known('2024-06-01T14:00:00%2B02:00')).toBe(1);
    expect(await known('2024-06-01')).toBe(1);
    expect(await known('2024-06-02')).toBe(3);
    expect(await known('2024-06-03T12:00:00Z')).toBe(4);
    expect(await known('2024-06-04T11:00')).toBe(4);
  });

  test('an instant at which something may still be recorded is refused, also where the clock was put back', async () => {
    const desk = await openDesk();
    await desk.actor('ann');
    await desk.project();
    const known = async (knownAt: string) =>
      (await desk.ask<{ knownAt: number }>(`/v1/actors?knownAt=${knownAt}`)).knownAt;
    expect((await desk.refused('/v1/actors?knownAt=2024-06-01T12:00:00Z')).code).toBe('known-at-in-future');
    desk.pass(1);
    await desk.actor('bob');
    desk.pass(-1);
    await desk.actor('cem');
    await desk.project();
    expect(await known('2024-06-01T12:00:00Z')).toBe(1);
    expect(await known('2024-06-02T11:59:59.999Z')).toBe(1);
    // The next one would be stamped so, too.
    expect((await desk.refused('/v1/actors?knownAt=2024-06-02T12:00:00Z')).code).toBe('known-at-in-future');
  });

  test('without it an answer is of the position passed, and says which, in the body and a header', async () => {
    const desk = await openDesk();
    await desk.actor('ann');
    await desk.actor('bob');
    await desk.project();
    await desk.actor('cem');
    const reply = await desk.get<{ knownAt: number; items: unknown[] }>('/v1/actors');
    expect(reply.body.knownAt).toBe(2);
    expect(reply.body.items).toHaveLength(2);
    expect(reply.headers['stance-known-at']).toBe('2');
  });

  test('an actor is unknown at a position before it was registered', async () => {
    const desk = await openDesk();
    await desk.actor('ann');
    await desk.actor('bob');
    await desk.project();
    expect((await desk.refused('/v1/actors/bob?knownAt=1')).code).toBe('unknown-actor');
    expect((await desk.refused('/v1/stances?holder=bob&knownAt=1')).code).toBe('unknown-actor');
  });
});
