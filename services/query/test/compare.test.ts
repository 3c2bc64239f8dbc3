import type { HolderComparisonAnswer } from '@stance/contracts';
import { expect, test } from 'vitest';

import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

type Said = readonly [holder: string, proposition: string, saidAt: string, direction: 'support' | 'oppose' | 'neutral'];

const state = async (desk: Desk, ...all: readonly Said[]): Promise<void> => {
  for (const [holder, proposition, saidAt, direction] of all) {
    await desk.state(`${holder}-${proposition}-${saidAt}`, { holder, proposition, saidAt, direction });
  }
  await desk.project();
};

const openWith = async (...said: readonly Said[]): Promise<Desk> => {
  const desk = await openDesk();
  for (const holder of ['ann', 'bob', 'cem', 'silent']) await desk.actor(holder, holder.toUpperCase());
  for (const proposition of ['tax', 'rent'])
    await desk.proposition(proposition, `The ${proposition} is good`, ['money']);
  await desk.proposition('war', 'The war is good', ['peace']);
  await state(desk, ...said);
  return desk;
};

const tax: readonly Said[] = [
  ['ann', 'tax', '2024-01-01', 'support'],
  ['ann', 'tax', '2024-03-01', 'oppose'],
  ['bob', 'tax', '2024-01-02', 'support'],
  ['bob', 'tax', '2024-03-10', 'oppose'],
  ['cem', 'tax', '2024-03-05', 'support'],
];
const others: readonly Said[] = [
  ['ann', 'rent', '2024-01-01', 'support'],
  ['bob', 'rent', '2024-01-01', 'support'],
  ['cem', 'rent', '2024-01-01', 'neutral'],
  ['ann', 'war', '2024-01-01', 'oppose'],
  ['bob', 'war', '2024-01-01', 'support'],
];

const stancesOf = ({ stances }: HolderComparisonAnswer): string[] =>
  stances.map(({ holder, proposition, before, now }) =>
    [holder, proposition, ...(before === undefined ? [] : [before?.direction ?? '-']), now?.direction ?? '-'].join(' '),
  );

test('who stands where on a proposition is told of all who said something about it', async () => {
  const desk = await openWith(...tax, ...others);
  const answer = await desk.ask<HolderComparisonAnswer>('/v1/compare?proposition=tax');
  expect(answer.holders).toEqual([
    { id: 'ann', name: 'ANN' },
    { id: 'bob', name: 'BOB' },
    { id: 'cem', name: 'CEM' },
  ]);
  expect(answer.propositions).toEqual([{ id: 'tax', text: 'The tax is good' }]);
  expect(stancesOf(answer)).toEqual(['ann tax oppose', 'bob tax oppose', 'cem tax support']);
  expect(answer.period).toMatchObject({ from: null, to: { edtf: '2024-06-01' } });
});

test('a period tells where they stood as it began, who took a stance in it, and who moved, together with whom', async () => {
  const desk = await openWith(...tax);
  const answer = await desk.ask<HolderComparisonAnswer>('/v1/compare?proposition=tax&from=2024-03-01&to=2024-03-31');
  expect(stancesOf(answer)).toEqual(['ann tax support oppose', 'bob tax support oppose', 'cem tax - support']);
  expect(answer.first).toMatchObject([{ holder: 'cem', kind: 'first', to: { direction: 'support' } }]);
  expect(answer.moved).toMatchObject([
    { holder: 'ann', kind: 'reversal', at: { edtf: '2024-03-01' }, openedBy: 'ann-tax-2024-03-01' },
    { holder: 'bob', kind: 'reversal', at: { edtf: '2024-03-10' } },
  ]);
  const { items } = await desk.ask<{ items: { id: string; kind: string }[] }>(
    '/v1/changes?proposition=tax&kind=reversal',
  );
  expect(items.map(({ id }) => id).toSorted()).toEqual(answer.moved.map(({ id }) => id).toSorted());
  expect(answer.movedTogether).toMatchObject([
    {
      proposition: 'tax',
      to: 'oppose',
      holders: [
        { holder: 'ann', days: [{ edtf: '2024-03-01' }] },
        { holder: 'bob', days: [{ edtf: '2024-03-10' }] },
      ],
    },
  ]);
  expect(answer.agreement?.map(({ a, b, movedTogether }) => `${a} ${b} ${String(movedTogether)}`)).toEqual([
    'ann bob 1',
    'ann cem 0',
    'bob cem 0',
  ]);
});

test('`to` is another name for `at`', async () => {
  const desk = await openWith(...tax);
  const [to, at] = await Promise.all(
    ['to', 'at'].map((name) => desk.get(`/v1/compare?proposition=tax&from=2024-02&${name}=2024-03-05`)),
  );
  expect(to?.text).toBe(at?.text);
  expect(to?.status).toBe(200);
});

test('holders are compared over all propositions under a topic, in the order they are named', async () => {
  const desk = await openWith(...tax, ...others);
  const answer = await desk.ask<HolderComparisonAnswer>('/v1/compare?topic=money&holders=cem,ann,silent,bob,ann');
  expect(answer.holders.map(({ id }) => id)).toEqual(['cem', 'ann', 'silent', 'bob']);
  expect(answer.propositions.map(({ id }) => id)).toEqual(['tax', 'rent']);
  expect(stancesOf(answer)).toEqual([
    'cem tax support',
    'ann tax oppose',
    'bob tax oppose',
    'cem rent neutral',
    'ann rent support',
    'bob rent support',
  ]);
  expect(answer.agreement?.filter(({ both }) => both > 0)).toEqual([
    { a: 'cem', b: 'ann', both: 2, agree: 0, oppose: 1, other: 1, movedTogether: 0 },
    { a: 'cem', b: 'bob', both: 2, agree: 0, oppose: 1, other: 1, movedTogether: 0 },
    { a: 'ann', b: 'bob', both: 2, agree: 2, oppose: 0, other: 0, movedTogether: 1 },
  ]);
  expect(answer.agreement).toHaveLength(6);
});

test('a stance that rests on too little is shown, and not counted', async () => {
  const desk = await openWith(...tax);
  await desk.state('rumour', { holder: 'silent', proposition: 'tax', saidAt: '2024-01-01', authority: 'inferred' });
  await desk.project();
  const answer = await desk.ask<HolderComparisonAnswer>('/v1/compare?proposition=tax&holders=cem,silent');
  expect(answer.stances.map(({ now }) => now?.status)).toEqual(['confirmed', 'insufficient']);
  expect(answer.agreement).toMatchObject([{ both: 0, agree: 0 }]);
});

test('a proposition of which nothing is recorded gives an empty comparison', async () => {
  const desk = await openWith(...tax);
  const answer = await desk.ask<HolderComparisonAnswer>('/v1/compare?proposition=war&holders=ann,bob');
  expect(answer).toMatchObject({ propositions: [], stances: [], first: [], moved: [], movedTogether: [] });
  expect(answer.agreement).toMatchObject([{ a: 'ann', b: 'bob', both: 0 }]);
});

test('topics are those that were known then', async () => {
  const desk = await openWith(...tax);
  const before = await desk.head();
  await desk.proposition('fees', 'Fees are good', ['money']);
  await state(desk, ['ann', 'fees', '2024-01-01', 'support']);
  const propositions = async (query: string): Promise<string[]> =>
    (await desk.ask<HolderComparisonAnswer>(`/v1/compare?topic=money&holders=ann${query}`)).propositions.map(
      ({ id }) => id,
    );
  expect(await propositions('')).toEqual(['tax', 'fees']);
  expect(await propositions(`&knownAt=${String(before)}`)).toEqual(['tax']);
});

test('what stands under a topic below it stands under a topic too, as the tree was known then', async () => {
  const desk = await openWith(...tax);
  await desk.registry('TopicDefined', { topicId: 'state', name: 'The state' });
  const before = await desk.head();
  await desk.registry('TopicDefined', { topicId: 'money', name: 'Money', parent: 'state' });
  await desk.project();
  const propositions = async (query: string): Promise<string[]> =>
    (await desk.ask<HolderComparisonAnswer>(`/v1/compare?topic=state&holders=ann${query}`)).propositions.map(
      ({ id }) => id,
    );
  expect(await propositions('')).toEqual(['tax']);
  expect(await propositions(`&knownAt=${String(before)}`)).toEqual([]);
});

test('histories with parked events are marked, and make the comparison incomplete', async () => {
  const desk = await openWith(...tax);
  await desk.poison('statement-ann-tax-2024-01-01');
  await desk.project();
  const answer = await desk.ask<HolderComparisonAnswer>('/v1/compare?proposition=tax');
  expect(answer.incomplete).toBe(true);
  expect(answer.stances.map(({ incomplete }) => incomplete)).toEqual([true, undefined, undefined]);
});

test('too many holders or propositions are refused before anything is folded, with the numbers', async () => {
  const desk = await openDesk();
  const holders = Array.from({ length: 251 }, (_, index) => `h${String(index)}`);
  for (const holder of holders) await desk.actor(holder);
  for (let index = 0; index < 41; index += 1) await desk.proposition(`p${String(index)}`, 'p', ['many']);
  await state(desk, ...holders.slice(1).map((holder): Said => [holder, 'p0', '2024-01-01', 'support']));
  const all = await desk.ask<HolderComparisonAnswer>('/v1/compare?proposition=p0');
  expect(all.holders).toHaveLength(250);
  expect(all).not.toHaveProperty('agreement');
  const fifty = holders.slice(0, 50).join(',');
  expect(
    (await desk.ask<HolderComparisonAnswer>(`/v1/compare?proposition=p0&holders=${fifty}`)).agreement,
  ).toHaveLength(1225);
  const refused = await desk.refused(`/v1/compare?topic=many&holders=${fifty}`);
  expect(refused).toMatchObject({ code: 'comparison-too-large', status: 400 });
  expect(refused.detail).toContain('50 holders on 41 propositions are 2050 stances; at most 2000');
  await state(desk, ['h0', 'p0', '2024-01-01', 'support']);
  expect((await desk.refused('/v1/compare?proposition=p0')).code).toBe('comparison-too-large');
});

test('a period with too many changes is refused, and a shorter one told', async () => {
  const desk = await openDesk();
  for (const holder of ['ann', 'bob']) await desk.actor(holder);
  await desk.proposition('tax');
  const days = Array.from({ length: 2600 }, (_, index) => new Date(index * 86_400_000).toISOString().slice(0, 10));
  for (const holder of ['ann', 'bob']) {
    await state(desk, ...days.map((day, at): Said => [holder, 'tax', day, at % 2 === 0 ? 'support' : 'oppose']));
  }
  const problem = await desk.refused('/v1/compare?proposition=tax');
  expect(problem).toMatchObject({ code: 'comparison-too-large', status: 400 });
  expect(problem.detail).toContain('more than 5000 changes');
  const shorter = await desk.ask<HolderComparisonAnswer>('/v1/compare?proposition=tax&to=1975');
  expect(shorter.moved).toHaveLength(2 * 2190);
  expect(shorter.movedTogether.map(({ holders }) => holders.map(({ days: of }) => of.length))).toEqual([
    [1095, 1095],
    [1095, 1095],
  ]);
});
