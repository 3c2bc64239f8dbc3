import type { HistoryAnswer } from '@stance/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

interface List {
  readonly items: readonly unknown[];
  readonly next?: string;
  readonly knownAt: number;
}

const holders = Array.from({ length: 5 }, (_, index) => `h${String(index)}`);
const propositions = Array.from({ length: 4 }, (_, index) => `p${String(index)}`);
const directions = ['support', 'oppose', 'neutral'] as const;

/** Statements of every holder on every proposition, with changes and a dispute on common days. */
const tell = async (desk: Desk): Promise<void> => {
  for (const holder of holders) await desk.actor(holder, `Actor ${holder}`);
  for (const proposition of propositions) await desk.proposition(proposition, `Proposition ${proposition}`);
  let number = 0;
  for (const [p, proposition] of propositions.entries()) {
    for (const [h, holder] of holders.entries()) {
      for (const round of [0, 1, 2]) {
        const direction = directions[(p + h * round + round) % 3] ?? 'support';
        const saidAt = `2024-0${String(1 + round)}-0${String(1 + (h % 3))}`;
        await desk.state(`s${String(number)}`, { holder, proposition, direction, saidAt });
        number += 1;
      }
      const account = { holder, proposition, saidAt: '2024-02-20', utteranceId: 'u', authority: 'inferred' } as const;
      await desk.state(`for-${holder}-${proposition}`, account);
      await desk.state(`against-${holder}-${proposition}`, { ...account, direction: 'oppose' });
    }
  }
  await desk.project();
};

/** Something more happens: it moves every list. */
const tellMore = async (desk: Desk, number: number): Promise<void> => {
  const holder = holders[number % holders.length] ?? 'h0';
  const proposition = propositions[number % propositions.length] ?? 'p0';
  const id = `more${String(number)}`;
  await desk.state(id, { holder, proposition, direction: 'mixed', saidAt: '2024-01-02' });
  if (number % 2 === 0) await desk.retract(id, { holder, proposition });
  await desk.retract(`s${String(number)}`, { holder, proposition: propositions[0] ?? 'p0' });
  await desk.project();
};

const lists = [
  '/v1/stances',
  '/v1/stances?holder=h1',
  '/v1/stances?proposition=p2&at=2024-02',
  '/v1/changes',
  '/v1/changes?holder=h2',
  '/v1/changes?proposition=p1&status=confirmed',
  '/v1/changes?kind=first,to-neutral&from=2024-01-02&to=2024-03-02',
  '/v1/stances?method=wary',
  '/v1/changes?method=wary',
  '/v1/changes?method=wary&proposition=p1&kind=first',
  '/v1/methods/compare?a=default&b=wary',
  '/v1/methods/compare?a=wary&b=default&holder=h1',
  '/v1/contested?holder=h1',
  '/v1/contested?proposition=p2&resolved=true',
  '/v1/statements',
  '/v1/statements?holder=h3',
  '/v1/statements?proposition=p3&from=2024-02',
  '/v1/actors',
  '/v1/actors?q=act',
  '/v1/propositions',
  '/v1/propositions?q=proposition+p',
];

const joined = (url: string, parameters: string): string => url + (url.includes('?') ? '&' : '?') + parameters;

/** All items of a list, page by page; `between` happens after each page. */
const walk = async (desk: Desk, url: string, between: (page: number) => Promise<void>): Promise<List> => {
  const items: unknown[] = [];
  let page = await desk.ask<List>(url);
  const { knownAt } = page;
  for (let number = 1; ; number += 1) {
    items.push(...page.items);
    expect(page.knownAt).toBe(knownAt);
    if (page.next === undefined) return { items, knownAt };
    await between(number);
    page = await desk.ask<List>(joined(url, `after=${page.next}`));
  }
};

describe('lists', () => {
  test.each(lists)('%s gives page by page what it gives in one, at any limit', async (url) => {
    const desk = await openDesk();
    await tell(desk);
    const whole = await desk.ask<List>(joined(url, 'limit=1000'));
    expect(whole.next).toBeUndefined();
    expect(whole.items.length).toBeGreaterThan(1);
    for (const limit of [1, 2, 3, 7, whole.items.length - 1, whole.items.length]) {
      const walked = await walk(desk, joined(url, `limit=${String(limit)}`), async () => {});
      expect(walked.items).toEqual(whole.items);
    }
  });

  test.each(lists)('%s stays what it was on its first page while more is written', async (url) => {
    const desk = await openDesk();
    await tell(desk);
    const whole = await desk.ask<List>(joined(url, 'limit=1000'));
    let told = 0;
    const walked = await walk(desk, joined(url, 'limit=4'), async () => {
      await tellMore(desk, told);
      told += 1;
    });
    expect(walked.knownAt).toBe(whole.knownAt);
    expect(walked.items).toEqual(whole.items);
  });

  test.each(lists)('%s comes as lines, all of it, where lines are asked for', async (url) => {
    const desk = await openDesk();
    await tell(desk);
    const whole = await desk.ask<List>(joined(url, 'limit=1000'));
    const reply = await desk.get(url, { accept: 'application/x-ndjson' });
    expect(reply.headers['content-type']).toContain('application/x-ndjson');
    expect(reply.headers['stance-known-at']).toBe(String(whole.knownAt));
    const lines = reply.text.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(whole.items);
  });

  test('are the same at random limits, positions and filters, however often they are asked', async () => {
    const desk = await openDesk();
    await tell(desk);
    const from = holders.length + propositions.length;
    await tellMore(desk, 0);
    await tellMore(desk, 3);
    const head = await desk.head();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...lists),
        fc.integer({ min: from, max: head }),
        fc.integer({ min: 1, max: 20 }),
        async (list, knownAt, limit) => {
          const url = joined(list, `knownAt=${String(knownAt)}`);
          const whole = await desk.ask<List>(joined(url, 'limit=1000'));
          expect((await walk(desk, joined(url, `limit=${String(limit)}`), async () => {})).items).toEqual(whole.items);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  test('the statements of a history are paged in the order said', async () => {
    const desk = await openDesk();
    await tell(desk);
    const whole = await desk.ask<HistoryAnswer>('/v1/histories/h1/p1');
    const ids: string[] = [];
    let after = '';
    do {
      const page = await desk.ask<HistoryAnswer>(`/v1/histories/h1/p1?limit=2${after}`);
      expect(page.changes).toEqual(whole.changes);
      ids.push(...page.statements.items.map(({ id }) => id));
      after = page.statements.next === undefined ? '' : `&after=${page.statements.next}`;
    } while (after !== '');
    expect(ids).toEqual(whole.statements.items.map(({ id }) => id));
    const days = whole.statements.items.map(({ placedAt }) => placedAt.latest ?? '');
    expect(days.every((day, index) => index === 0 || (days[index - 1] ?? '') <= day)).toBe(true);
  });
});

describe('cursors', () => {
  const first = async (desk: Desk, url: string): Promise<string> => {
    await tell(desk);
    const { next } = await desk.ask<List>(joined(url, 'limit=2'));
    return next ?? '';
  };

  test('carry the parameters of the first page', async () => {
    const desk = await openDesk();
    const after = await first(desk, '/v1/stances?holder=h1&at=2024-02');
    const given = await desk.ask<List>(`/v1/stances?holder=h1&at=2024-02&limit=2&after=${after}`);
    expect(await desk.ask<List>(`/v1/stances?limit=2&after=${after}`)).toEqual(given);
  });

  test('let the position of the first page be named', async () => {
    const desk = await openDesk();
    const after = await first(desk, '/v1/stances');
    const knownAt = String(await desk.head());
    expect((await desk.get(`/v1/stances?after=${after}&knownAt=${knownAt}`)).status).toBe(200);
  });

  test.each([
    ['another filter', (after: string) => `/v1/stances?holder=h2&after=${after}`],
    ['one filter more', (after: string) => `/v1/stances?holder=h1&proposition=p1&after=${after}`],
    ['another day', (after: string) => `/v1/stances?holder=h1&at=2024-03&after=${after}`],
    ['another position', (after: string) => `/v1/stances?holder=h1&knownAt=3&after=${after}`],
    ['another list', (after: string) => `/v1/statements?holder=h1&after=${after}`],
    ['a changed letter', (after: string) => `/v1/stances?after=${after.startsWith('A') ? 'B' : 'A'}${after.slice(1)}`],
    ['an end cut off', (after: string) => `/v1/stances?after=${after.slice(0, -1)}`],
    ['something of one’s own', () => '/v1/stances?after=2'],
    [
      'a key of one’s own',
      () => `/v1/stances?after=${Buffer.from('[1,"listStances",{},1,true,1,[5]]').toString('base64url')}`,
    ],
  ])('are refused with %s', async (_what, url) => {
    const desk = await openDesk();
    const after = await first(desk, '/v1/stances?holder=h1');
    expect(await desk.refused(url(after))).toMatchObject({ code: 'invalid-cursor', errors: [{ path: 'after' }] });
  });
});

describe('entity tags', () => {
  const urls = [
    '/v1/stances?holder=h1',
    '/v1/histories/h1/p1',
    '/v1/changes?holder=h1',
    '/v1/statements/s1',
    '/v1/actors/h1',
    '/v1/methods',
  ];

  test.each(urls)('%s is not sent again while it says the same', async (url) => {
    const desk = await openDesk();
    await tell(desk);
    const { headers } = await desk.get(url);
    const etag = String(headers['etag']);
    expect(etag).toMatch(/^(W\/)?"[\w-]+"$/);
    // What has nothing to do with it.
    await desk.actor('somebody-else');
    await desk.project();
    const again = await desk.get(url, { 'if-none-match': etag });
    expect(again.status).toBe(304);
    expect(again.text).toBe('');
    expect((await desk.get(url, { 'if-none-match': '"another"' })).status).toBe(200);
  });

  test('another one comes with another answer', async () => {
    const desk = await openDesk();
    await tell(desk);
    const etag = String((await desk.get('/v1/histories/h0/p0')).headers['etag']);
    await desk.retract('s0', { holder: 'h0', proposition: 'p0' });
    await desk.project();
    const reply = await desk.get('/v1/histories/h0/p0', { 'if-none-match': etag });
    expect(reply.status).toBe(200);
    expect(reply.headers['etag']).not.toBe(etag);
  });
});
