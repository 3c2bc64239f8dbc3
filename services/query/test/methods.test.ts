import type { ChangeAnswer, ChangeList, MethodComparisonList, HistoryAnswer, StanceList } from '@stance/contracts';
import { defaultMethod } from '@stance/domain';
import { describe, expect, test } from 'vitest';

import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

const compare = '/v1/methods/compare?a=default&b=wary';
const holders = ['ann', 'bob'];
const propositions = ['tax', 'war', 'sea'];

/** Words that settle a step by the default method at once, and by the wary one only together. */
const tell = async (desk: Desk): Promise<void> => {
  for (const holder of holders) await desk.actor(holder, holder.toUpperCase());
  for (const proposition of propositions) await desk.proposition(proposition);
  const said = [
    ['a1', 'ann', 'tax', 'support', '2024-01-01'],
    ['a2', 'ann', 'tax', 'support', '2024-02-01'],
    ['a3', 'ann', 'tax', 'oppose', '2024-03-01'],
    ['a4', 'ann', 'war', 'oppose', '2024-01-01'],
    ['b1', 'bob', 'tax', 'support', '2024-01-15'],
    ['b2', 'bob', 'tax', 'support', '2024-02-15'],
  ] as const;
  for (const [id, holder, proposition, direction, saidAt] of said) {
    await desk.state(id, { holder, proposition, direction, saidAt });
  }
  // A recorded vote weighs the same by every method.
  const vote = { act: 'vote', source: { id: 'roll-call', part: 'record' } } as const;
  await desk.state('v1', { holder: 'bob', proposition: 'sea', direction: 'oppose', saidAt: '2024-01-01', ...vote });
  await desk.project();
};

describe('a read with method=', () => {
  test('answers by that method, and says so', async () => {
    const desk = await openDesk();
    await tell(desk);
    const history = await desk.ask<HistoryAnswer>('/v1/histories/ann/tax?method=wary');
    expect(history.method).toEqual({ name: 'wary', version: 3 });
    expect(history.changes).toMatchObject([
      { kind: 'first', status: 'confirmed', at: { edtf: '2024-01-01' }, confirmedAt: { edtf: '2024-02-01' } },
      { kind: 'reversal', status: 'provisional', method: { name: 'wary', version: 3 } },
    ]);
    expect(history.statements.items.map(({ weight }) => weight)).toEqual([0.6, 0.6, 0.6]);
    const { items } = await desk.ask<StanceList>('/v1/stances?holder=ann&proposition=tax&method=wary');
    expect(items).toMatchObject([{ direction: 'support', method: { name: 'wary', version: 3 } }]);
    expect(items[0]?.links.history).toBe('/v1/histories/ann/tax?method=wary');
    const standard = await desk.ask<HistoryAnswer>('/v1/histories/ann/tax');
    expect(standard.changes).toMatchObject([{ status: 'confirmed' }, { status: 'confirmed' }]);
    expect(standard).toEqual(await desk.ask<HistoryAnswer>('/v1/histories/ann/tax?method=default').then(withoutMethod));
  });

  /** The link of a stance repeats what was asked for. */
  const withoutMethod = (history: HistoryAnswer): HistoryAnswer =>
    JSON.parse(JSON.stringify(history).replaceAll('?method=default', '')) as HistoryAnswer;

  test('gives changes ids of their own, and nothing of what was published', async () => {
    const desk = await openDesk();
    await tell(desk);
    const standard = await desk.ask<ChangeList>('/v1/changes');
    for (const { id } of standard.items) desk.published.set(id, { detectedAt: desk.now(), revision: 2 });
    const { items, method } = await desk.ask<ChangeList>('/v1/changes?method=wary');
    expect(method).toEqual({ name: 'wary', version: 3 });
    expect(items.length).toBeGreaterThan(0);
    for (const change of items) expect(change).toMatchObject({ detectedAt: null, revision: null });
    const ids = new Set(standard.items.map(({ id }) => id));
    expect(items.filter(({ id }) => ids.has(id))).toEqual([]);
    expect((await desk.ask<ChangeList>('/v1/changes')).items[0]).toMatchObject({ revision: 2 });
  });

  test.each(['', '&holder=ann', '&proposition=tax', '&holder=bob&proposition=sea'])(
    'lists the changes that the histories of the scope have: %s',
    async (scope) => {
      const desk = await openDesk();
      await tell(desk);
      const { items } = await desk.ask<ChangeList>(`/v1/changes?method=wary${scope}`);
      const expected: ChangeAnswer[] = [];
      for (const holder of holders) {
        for (const proposition of propositions) {
          if (scope.includes('holder=') && !scope.includes(`holder=${holder}`)) continue;
          if (scope.includes('proposition=') && !scope.includes(`proposition=${proposition}`)) continue;
          const url = `/v1/histories/${holder}/${proposition}?method=wary`;
          expected.push(...(await desk.ask<HistoryAnswer>(url)).changes);
        }
      }
      const byId = (list: readonly ChangeAnswer[]) => list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const unnamed = items.map(({ holderName: _holder, propositionText: _text, ...change }) => change);
      expect(byId(unnamed)).toEqual(byId(expected));
      const days = items.map(({ at }) => at.edtf);
      expect(days).toEqual(days.toSorted().reverse());
      const filtered = await desk.ask<ChangeList>(`/v1/changes?method=wary&status=provisional&kind=first${scope}`);
      expect(filtered.items).toEqual(items.filter(({ status, kind }) => status === 'provisional' && kind === 'first'));
    },
  );

  test('refuses a list of changes that would be made of too many histories, and says how to narrow it', async () => {
    const desk = await openDesk({ mostFolded: 2 });
    await tell(desk);
    const problem = await desk.refused('/v1/changes?method=wary');
    expect(problem).toMatchObject({ status: 400, code: 'too-many-histories' });
    expect(problem.detail).toContain('more than 2 histories: name a holder or a proposition');
    expect(problem.errors?.map(({ path }) => path)).toEqual(['holder', 'proposition']);
    // Two histories, but three changes.
    const changes = await desk.refused('/v1/changes?method=wary&holder=ann');
    expect(changes.detail).toContain('more than 2 changes: name a proposition');
    expect((await desk.ask<ChangeList>('/v1/changes?method=wary&holder=ann&proposition=tax')).items).toHaveLength(2);
    expect((await desk.ask<ChangeList>('/v1/changes')).items.length).toBeGreaterThan(2);
    expect(await desk.refused('/v1/changes?method=wary')).toMatchObject({ code: 'too-many-histories' });
  });

  test('of another name than the first page is refused beside its cursor', async () => {
    const desk = await openDesk();
    await tell(desk);
    const { next = '' } = await desk.ask<ChangeList>('/v1/changes?method=wary&limit=1');
    expect(await desk.refused(`/v1/changes?method=default&after=${next}`)).toMatchObject({ code: 'invalid-cursor' });
    expect((await desk.ask<ChangeList>(`/v1/changes?after=${next}`)).method.name).toBe('wary');
  });
});

describe('the methods', () => {
  test('are listed, the default one first, and each gives its numbers with reasons', async () => {
    const desk = await openDesk();
    expect(await desk.ask('/v1/methods')).toEqual({
      items: [
        { name: 'default', version: 2, default: true, href: '/v1/methods/default' },
        { name: 'wary', version: 3, default: false, href: '/v1/methods/wary' },
      ],
    });
    const told = await desk.ask<{ numbers: { name: string }[] }>('/v1/methods/wary');
    expect(told).toMatchObject({ name: 'wary', version: 3, default: false, reasons: { part: expect.any(String) } });
    expect(told.numbers).toContainEqual({ name: 'authority.self', value: 0.6, reason: 'People say much.' });
    expect(told.numbers).toContainEqual({ name: 'part.headline', value: 0.5 });
  });

  test('that are not there are told from those that are', async () => {
    const desk = await openDesk();
    const problem = await desk.refused('/v1/stances?method=other');
    expect(problem).toMatchObject({ code: 'unknown-method', errors: [{ path: 'method' }] });
    expect(problem.detail).toBe('There is no method "other"; there is default, wary.');
  });
});

describe('two methods compared', () => {
  test('differ on the histories whose stance or changes differ, and the reasons are told', async () => {
    const desk = await openDesk();
    await tell(desk);
    const { items, a, b, numbers, next } = await desk.ask<MethodComparisonList>(compare);
    expect({ a, b, next }).toEqual({ a: { name: 'default', version: 2 }, b: { name: 'wary', version: 3 } });
    expect(numbers).toEqual([
      { name: 'authority.self', a: 1, b: 0.6 },
      { name: 'enough', a: 1, b: 1.1 },
    ]);
    expect(items.map(({ holder, proposition }) => `${holder} ${proposition}`)).toEqual([
      'ann tax',
      'ann war',
      'bob tax',
    ]);
    expect(items[0]).toMatchObject({
      holderName: 'ANN',
      a: { direction: 'oppose', status: 'confirmed', since: { edtf: '2024-03-01' } },
      b: { direction: 'support', status: 'confirmed', since: { edtf: '2024-01-01' } },
      changes: [
        {
          a: { kind: 'first', confirmedAt: { edtf: '2024-01-01' } },
          b: { kind: 'first', confirmedAt: { edtf: '2024-02-01' } },
        },
        { a: { kind: 'reversal', status: 'confirmed' }, b: { kind: 'reversal', status: 'provisional' } },
      ],
      differentChanges: 2,
      numbers: [{ name: 'authority.self' }, { name: 'enough' }],
      differentStatements: 3,
    });
    expect(items[0]?.statements[0]).toMatchObject({
      statementId: 'a1',
      direction: 'support',
      quote: { exact: 'Yes, we will.' },
      a: { weight: 1 },
      b: { weight: 0.6 },
    });
    expect(items[0]?.statements[0]?.factors).toContainEqual({ name: 'authority', value: 'self', a: 1, b: 0.6 });
    const ids = (await desk.ask<ChangeList>('/v1/changes?method=wary')).items.map(({ id }) => id);
    expect(ids).toContain(items[0]?.changes[0]?.b?.id);
  });

  test('are looked at from the other side with the sides exchanged', async () => {
    const desk = await openDesk();
    await tell(desk);
    const one = await desk.ask<MethodComparisonList>(compare);
    const other = await desk.ask<MethodComparisonList>('/v1/methods/compare?a=wary&b=default');
    expect(other.items.map(({ a, b, changes }) => [a, b, changes])).toEqual(
      one.items.map(({ a, b, changes }) => [b, a, changes.map((change) => ({ a: change.b, b: change.a }))]),
    );
  });

  test('differ within a holder, a proposition, and by a day', async () => {
    const desk = await openDesk();
    await tell(desk);
    const told = async (scope: string): Promise<string[]> =>
      (await desk.ask<MethodComparisonList>(compare + scope)).items.map(
        ({ holder, proposition }) => holder + proposition,
      );
    expect(await told('&holder=bob')).toEqual(['bobtax']);
    expect(await told('&proposition=war')).toEqual(['annwar']);
    expect(await told('&holder=bob&proposition=sea')).toEqual([]);
    expect(await told('&knownAt=5')).toEqual([]);
    const early = await desk.ask<MethodComparisonList>(`${compare}&at=2024-01-01&holder=bob`);
    // Changes are told in hindsight; the stance is that of the day, on which nothing was said yet.
    expect(early.items).toMatchObject([{ a: null, b: null, differentChanges: 1 }]);
  });

  test('page over all histories, with pages on which nothing differs', async () => {
    const desk = await openDesk();
    await desk.actor('ann');
    const vote = { act: 'vote', source: { id: 'roll-call', part: 'record' } } as const;
    for (let number = 0; number < 620; number += 1) {
      const proposition = `p${String(number)}`;
      await desk.proposition(proposition);
      await desk.state(`s${String(number)}`, { holder: 'ann', proposition, ...(number === 610 ? {} : vote) });
    }
    await desk.project();
    const first = await desk.ask<MethodComparisonList>(compare);
    expect(first.items).toEqual([]);
    const second = await desk.ask<MethodComparisonList>(`${compare}&after=${String(first.next)}`);
    expect(second.items).toMatchObject([{ proposition: 'p610' }]);
    expect(second.next).toBeUndefined();
    const lines = await desk.get(compare, { accept: 'application/x-ndjson' });
    expect(lines.text.split('\n')).toHaveLength(2);
  }, 60_000);

  test.each([
    ['/v1/methods/compare?b=default', 'invalid-input', 'a'],
    ['/v1/methods/compare?a=default', 'invalid-input', 'b'],
    ['/v1/methods/compare?a=default&b=default', 'invalid-input', 'b'],
    ['/v1/methods/compare?a=other&b=default', 'unknown-method', 'a'],
    ['/v1/methods/compare?a=default&b=__proto__', 'unknown-method', 'b'],
    [`${compare}&method=wary`, 'invalid-input', 'method'],
    [`${compare}&at=never`, 'invalid-input', 'at'],
    [`${compare}&holder=nobody`, 'unknown-actor', null],
  ])('%s is refused', async (url, code, path) => {
    const desk = await openDesk();
    expect(await desk.refused(url)).toMatchObject({ code, ...(path === null ? {} : { errors: [{ path }] }) });
  });
});

test('the one method there is by default is the default one', async () => {
  const desk = await openDesk({ methods: [defaultMethod] });
  expect(await desk.refused('/v1/changes?method=wary')).toMatchObject({ code: 'unknown-method' });
});
