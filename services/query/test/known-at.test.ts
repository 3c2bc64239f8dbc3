import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openDesk } from './desk.ts';
import type { Desk, GivenStatement } from './desk.ts';

const rounds = process.env['CI'] === 'true' ? 200 : 12;
const holders = ['ann', 'bob', 'cem'];
const propositions = ['tax', 'war'];
const ids = Array.from({ length: 12 }, (_, index) => `s${String(index)}`);

/** One thing that happens to the record; what is not possible at the time does not happen. */
interface Happening {
  readonly kind:
    | 'state'
    | 'correct'
    | 'retract'
    | 'alias'
    | 'revise'
    | 'late-actor'
    | 'merge'
    | 'unmerge'
    | 'member'
    | 'relate'
    | 'topic';
  readonly id: string;
  readonly holder: string;
  readonly proposition: string;
  readonly direction: 'support' | 'oppose' | 'neutral' | 'mixed' | 'unclear';
  readonly authority: 'self' | 'spokesperson' | 'attributed' | 'unnamed-source';
  readonly saidAt: string;
  readonly strength: number | null;
  readonly publisher: string | null;
  readonly replaces: string | null;
}

const saidAt = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 28 }).map((day) => `2024-02-${String(day).padStart(2, '0')}`) },
  { weight: 1, arbitrary: fc.constantFrom('2024-02', '2024-01', '2024-02-03/2024-02-09') },
);

const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constant('state' as const) },
    { weight: 4, arbitrary: fc.constantFrom('correct' as const, 'retract' as const) },
    { weight: 1, arbitrary: fc.constantFrom('alias' as const, 'revise' as const, 'late-actor' as const) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        'merge' as const,
        'unmerge' as const,
        'member' as const,
        'relate' as const,
        'topic' as const,
      ),
    },
  ),
  id: fc.constantFrom(...ids),
  holder: fc.constantFrom(...holders),
  proposition: fc.constantFrom(...propositions),
  direction: fc.constantFrom('support', 'oppose', 'neutral', 'mixed', 'unclear'),
  authority: fc.constantFrom('self', 'spokesperson', 'attributed', 'unnamed-source'),
  saidAt,
  strength: fc.option(fc.constantFrom(0.2, 0.5, 0.9)),
  publisher: fc.option(fc.constantFrom('A', 'B')),
  replaces: fc.option(fc.constantFrom(...ids), { freq: 4 }),
});

const statementOf = (of: Happening): GivenStatement => ({
  holder: of.holder,
  proposition: of.proposition,
  direction: of.direction,
  authority: of.authority,
  saidAt: of.saidAt,
  quote: { exact: `${of.direction} ${of.saidAt}`, directness: 'indirect' },
  ...(of.strength === null ? {} : { strength: of.strength }),
  ...(of.publisher === null ? {} : { source: { publisher: of.publisher } }),
});

/** Lets things happen on a desk, as far as they can, and says after which position each stands. */
const play = async (desk: Desk, happenings: readonly Happening[]): Promise<void> => {
  const alive = new Map<string, Happening>();
  const made = new Set<string>();
  for (const of of happenings) {
    desk.pass(1);
    const current = alive.get(of.id);
    if (of.kind === 'state' && !made.has(of.id)) {
      const replaces = of.replaces === null || of.replaces === of.id ? {} : { replaces: of.replaces };
      await desk.state(of.id, { ...statementOf(of), ...replaces });
      alive.set(of.id, of);
      made.add(of.id);
    } else if (of.kind === 'correct' && current !== undefined) {
      await desk.correct(of.id, statementOf({ ...of, holder: current.holder, proposition: current.proposition }));
    } else if (of.kind === 'retract' && current !== undefined) {
      await desk.retract(of.id, statementOf(current));
      alive.delete(of.id);
    } else if (of.kind === 'alias') await desk.alias(of.holder, `alias ${of.id}`);
    else if (of.kind === 'revise') await desk.revise(of.proposition, `wording ${of.id}`);
    // Ann is only ever merged, so that no merge leads back.
    else if (of.kind === 'merge') await desk.registry('ActorMerged', { actorId: 'ann', into: 'bob' });
    else if (of.kind === 'unmerge') await desk.registry('ActorUnmerged', { actorId: 'ann' });
    else if (of.kind === 'member') {
      await desk.registry('MembershipRecorded', { actorId: of.holder, group: 'bob', role: of.id, to: of.saidAt });
    } else if (of.kind === 'relate') {
      await desk.registry('PropositionRelated', { propositionId: of.proposition, type: 'entails', to: 'war' });
    } else if (of.kind === 'topic') await desk.registry('TopicDefined', { topicId: of.id, name: of.direction });
    else if (of.kind === 'late-actor' && !made.has(`late-${of.id}`)) {
      await desk.actor(`late-${of.id}`);
      made.add(`late-${of.id}`);
    }
  }
};

const begin = async (desk: Desk): Promise<void> => {
  for (const holder of holders) await desk.actor(holder);
  for (const proposition of propositions) await desk.proposition(proposition, proposition, ['s1']);
};

const urls = (knownAt: number): string[] => {
  const known = `at=2024-03&knownAt=${String(knownAt)}`;
  const names = `knownAt=${String(knownAt)}`;
  return [
    `/v1/stances?${known}`,
    `/v1/stances?proposition=war&${known}&limit=2`,
    `/v1/histories/ann/tax?${known}`,
    `/v1/histories/bob/war?${known}&limit=1`,
    `/v1/changes?${names}`,
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
    `/v1/propositions?${names}&topic=s1`,
    `/v1/topics?${names}`,
    `/v1/actors/late-s1?${known}`,
  ];
};

const answersAt = async (desk: Desk, knownAt: number): Promise<string[]> =>
  Promise.all(
    urls(knownAt).map(async (url) => {
      const { status, text, headers } = await desk.get(url);
      // Problem documents name the request.
      return status === 200 ? `${url}\n${text}\n${String(headers['etag'])}` : `${url}\n${String(status)}`;
    }),
  );

describe('what was known at a position', () => {
  test('is answered the same, to the byte, before and after any later events, and as if they had never come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 1, maxLength: 25 }),
        fc.array(happening, { minLength: 1, maxLength: 25 }),
        async (before, after) => {
          const desk = await openDesk();
          await begin(desk);
          await play(desk, before);
          const position = await desk.project();
          const first = await answersAt(desk, position);

          await play(desk, [...before, ...after].slice(before.length));
          await desk.project(3);
          expect(await answersAt(desk, position)).toEqual(first);

          const fresh = await openDesk();
          await begin(fresh);
          await play(fresh, before);
          await fresh.project();
          expect(await answersAt(fresh, position)).toEqual(first);
        },
      ),
      { numRuns: rounds },
    );
  }, 300_000);

  test('at every position on the way is answered as it was when the log ended there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 25 }), async (all) => {
        const desk = await openDesk();
        await begin(desk);
        await play(desk, all);
        const end = await desk.head();
        const step = await openDesk();
        await begin(step);
        await play(step, all);
        const seen: [number, string[]][] = [];
        for (let position = await step.project(1, 6); position <= end; position = await step.project(1, position + 1)) {
          seen.push([position, await answersAt(step, position)]);
          if (position === end) break;
        }
        await desk.project();
        for (const [position, answers] of seen) expect(await answersAt(desk, position)).toEqual(answers);
      }),
      { numRuns: rounds / 4 },
    );
  }, 300_000);

  test('a position or an instant that lies in the future is refused', async () => {
    const desk = await openDesk();
    await desk.actor('ann');
    await desk.project();
    for (const knownAt of ['2', '99999999999999999999', '2024-06-01', '2024-06-01T12:00:00.001Z', '2025-01-01']) {
      expect((await desk.refused(`/v1/actors?knownAt=${knownAt}`)).code).toBe('known-at-in-future');
    }
    expect((await desk.ask<{ knownAt: number }>('/v1/actors?knownAt=1')).knownAt).toBe(1);
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
