import type { ExplanationAnswer, HistoryAnswer } from '@stance/contracts';
import { describe, expect, test } from 'vitest';

import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

const proposition = 'trainers';
const url = '/v1/histories/biden/trainers/explanation';

const openWith = async (...statements: readonly (readonly [string, object])[]): Promise<Desk> => {
  const desk = await openDesk();
  for (const [id, name] of [
    ['biden', 'Joe Biden'],
    ['macron', 'Emmanuel Macron'],
    ['tusk', 'Donald Tusk'],
  ] as const)
    await desk.actor(id, name);
  await desk.proposition(proposition, 'Trainers should be sent');
  for (const [id, given] of statements) await desk.state(id, { holder: 'biden', proposition, ...given });
  await desk.project();
  return desk;
};

const pointing = (act: 'endorse' | 'reject', holder: string, saidAt: string, more: object = {}) => ({
  act,
  direction: undefined,
  endorses: { holder },
  saidAt,
  ...more,
});

const textOf = async (desk: Desk): Promise<string> => (await desk.get(url, { accept: 'text/plain' })).text;

const whyOf = async (desk: Desk, id: string): Promise<string | undefined> =>
  (await desk.ask<ExplanationAnswer>(url)).statements.items.find((one) => one.id === id)?.why;

describe('why an endorsement counts', () => {
  test('tells what it was seen to point at, on what that rests, and what it comes to', async () => {
    const desk = await openWith(
      ['m', { holder: 'macron', saidAt: '2024-05-01', certainty: 0.9 }],
      ['t', pointing('endorse', 'macron', '2024-05-02', { holder: 'tusk' })],
      ['b', pointing('endorse', 'tusk', '2024-05-03')],
    );
    const answer = await desk.ask<ExplanationAnswer>(url);
    expect(answer.changes[0]?.entries[0]?.statements).toMatchObject([{ statementId: 'b', direction: 'support' }]);
    expect(answer.statements.items[0]).toMatchObject({
      ground: {
        reason: 'endorsed',
        direction: 'support',
        weight: 0.9,
        seen: { status: 'confirmed', direction: 'support', openedBy: 't' },
        path: [
          { holder: 'tusk', proposition },
          { holder: 'macron', proposition },
        ],
      },
      why: 'endorses Donald Tusk on trainers: support (confirmed, since 2024-05-02) as it was then, which rests on Emmanuel Macron on trainers; weighs no more than the 0.9 behind that; opened a change',
    });
    expect(await textOf(desk)).toContain('× 0.9 ground (no more than the 0.9 behind the stance it points at)');
  });

  test('tells that a rejection speaks for the other side', async () => {
    const desk = await openWith(
      ['m', { holder: 'macron', saidAt: '2024-05-01' }],
      ['b', pointing('reject', 'macron', '2024-05-03')],
    );
    expect(await whyOf(desk, 'b')).toBe(
      'rejects Emmanuel Macron on trainers: support (confirmed, since 2024-05-01) as it was then, so it speaks for oppose; weighs no more than the 1 behind that; opened a change',
    );
    expect(await textOf(desk)).toContain('\n  2024-05-03  oppose · reject · b\n');
  });

  test.each([
    [
      'endorse',
      [],
      'points at Emmanuel Macron on trainers, who had no stance then; weighs nothing: points at no stance',
    ],
    [
      'endorse',
      [['m', { holder: 'macron', saidAt: '2024-05-01', certainty: 0.05 }]],
      'points at Emmanuel Macron on trainers: support (insufficient, since 2024-05-01), with too little behind it; weighs nothing: points at a stance with too little behind it',
    ],
    [
      'reject',
      [['m', { holder: 'macron', saidAt: '2024-05-01', direction: 'neutral' }]],
      'rejects Emmanuel Macron on trainers: neutral (confirmed, since 2024-05-01), which leaves open what is held instead; weighs nothing: rejects a stance that takes no side',
    ],
  ] as const)('tells why to %s %j says nothing', async (act, others, why) => {
    const desk = await openWith(...others, ['b', pointing(act, 'macron', '2024-05-03')]);
    expect(await whyOf(desk, 'b')).toBe(why);
  });

  test('tells that it points at its own holder by a merge', async () => {
    const desk = await openWith(['b', pointing('endorse', 'macron', '2024-05-03')]);
    await desk.registry('ActorMerged', { actorId: 'macron', into: 'biden' });
    await desk.project();
    expect(await whyOf(desk, 'b')).toBe(
      'points at Joe Biden on trainers: by a merge that is its own holder; weighs nothing: points at a stance of its own holder',
    );
  });
});

test('what was taken back says by which statement, and so does the change that it had opened', async () => {
  const desk = await openWith(
    ['a', { saidAt: '2024-05-01' }],
    ['b', { saidAt: '2024-05-03', direction: 'oppose' }],
    ['z', { saidAt: '2024-05-05', act: 'disown', direction: undefined, disowns: { statementId: 'b' } }],
  );
  const answer = await desk.ask<ExplanationAnswer>(url);
  const change = answer.changes.find((one) => one.change.openedBy === 'b');
  expect(change).toMatchObject({
    change: { status: 'withdrawn', disownedBy: 'z' },
    entries: [],
    entryCount: 0,
    why: 'withdrawn on 2024-05-05: z took back what opened it',
  });
  expect(answer.statements.items.find(({ id }) => id === 'b')).toMatchObject({
    role: 'disowned',
    disownedBy: 'z',
    why: 'taken back by z on 2024-05-05; adds nothing',
  });
  const only = await desk.ask<ExplanationAnswer>(`${url}?change=${change?.change.id ?? ''}`);
  expect(only.changes.map((one) => one.change.openedBy)).toEqual(['b']);
  expect(only.statements.items.map(({ id }) => id)).toEqual(['b', 'z']);
});

describe('what was said under a condition', () => {
  const condition = 'only if Kyiv asks';
  const open = (): Promise<Desk> =>
    openWith(
      ['a', { saidAt: '2024-05-01' }],
      ['b', { saidAt: '2024-05-01', direction: 'oppose', condition, certainty: 0.6 }],
      ['c', { saidAt: '2024-05-03', direction: 'oppose', condition: 'Only if Kyiv asks!', certainty: 0.6 }],
    );

  test('is explained in a part of its own, with its condition, stance and changes', async () => {
    const desk = await open();
    const answer = await desk.ask<ExplanationAnswer>(url);
    expect(answer.stance).toMatchObject({ direction: 'support', weight: 1 });
    expect(answer.changes.map(({ change }) => change.openedBy)).toEqual(['a']);
    expect(answer.conditional).toMatchObject([
      {
        condition,
        stance: { status: 'confirmed', direction: 'oppose', weight: 1.2 },
        changes: [{ change: { openedBy: 'b', condition }, entryCount: 2 }],
        contested: [],
      },
    ]);
    expect(answer.conditional[0]?.stance.changeId).toBe(answer.conditional[0]?.changes[0]?.change.id);
    const text = await textOf(desk);
    expect(text).toContain('\nStance on the condition “only if Kyiv asks”\n  oppose · confirmed · since 2024-05-01\n');
    expect(text).toContain('\nChanges on the condition “only if Kyiv asks”\n  2024-05-01  first: oppose\n');
  });

  test('tells the same changes as the history', async () => {
    const desk = await open();
    const answer = await desk.ask<ExplanationAnswer>(url);
    const history = await desk.ask<HistoryAnswer>('/v1/histories/biden/trainers');
    const told = [answer, ...answer.conditional].flatMap(({ changes }) => changes.map(({ change }) => change));
    expect(told).toEqual(history.changes);
  });

  test('is told alone where one of its changes is asked for', async () => {
    const desk = await open();
    const [under] = (await desk.ask<ExplanationAnswer>(url)).conditional;
    const only = await desk.ask<ExplanationAnswer>(`${url}?change=${under?.changes[0]?.change.id ?? ''}`);
    expect(only.changes).toEqual([]);
    expect(only.conditional).toEqual([under]);
    expect(only.statements.items.map(({ id }) => id)).toEqual(['b', 'c']);
  });
});
