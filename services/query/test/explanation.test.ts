import type { ExplanationAnswer, HistoryAnswer } from '@stance/contracts';
import { describe, expect, test } from 'vitest';

import { openDesk } from './desk.ts';
import type { Desk, GivenStatement } from './desk.ts';

const trainers = { holder: 'biden', proposition: 'trainers' };
const url = '/v1/histories/biden/trainers/explanation';

const said = (saidAt: string, direction: GivenStatement['direction'], more: Partial<GivenStatement> = {}) => ({
  ...trainers,
  saidAt,
  direction,
  ...more,
});

/** A first, a reversal that fizzled out, one under way, a day in dispute, and what weighs nothing. */
const openStory = async (): Promise<Desk> => {
  const desk = await openDesk();
  await desk.actor('biden', 'Joe Biden');
  await desk.actor('kirby', 'John Kirby');
  await desk.actor('wire', 'The Wire');
  await desk.actor('silent');
  await desk.proposition('trainers', 'Trainers should be sent');
  const paper = { publisher: 'The Paper', title: 'Will he?', publishedAt: '2024-05-30' };
  const report = { authority: 'attributed', speaker: 'kirby' } as const;
  await desk.state('a-first', said('2024-01-01', 'support'));
  await desk.state(
    'b-doubt',
    said('2024-02-01', 'oppose', {
      ...report,
      reportedBy: [{ actor: 'wire', verb: 'heard' }, { name: 'a friend' }],
      quote: { exact: 'He would  never\ndo it', directness: 'indirect' },
      source: { ...paper, part: 'body' },
    }),
  );
  await desk.state('c-again', said('2024-03-01', 'support'));
  await desk.state('d-no', said('2024-04-01', 'oppose', { ...report, utteranceId: 'speech' }));
  await desk.state('d-yes', said('2024-04-01', 'support', { ...report, utteranceId: 'speech' }));
  await desk.state('e-turn', said('2024-05-01', 'oppose', report));
  await desk.state('f-silent', said('2024-05-02', 'support', { act: 'decline' }));
  await desk.project();
  return desk;
};

const textOf = async (desk: Desk, path: string): Promise<string> => {
  const reply = await desk.get(path, { accept: 'text/plain' });
  expect(reply.status, reply.text).toBe(200);
  expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8');
  return reply.text;
};

const changeOpenedBy = ({ changes }: ExplanationAnswer, id: string) =>
  changes.find(({ change }) => change.openedBy === id);

describe('an explanation', () => {
  test('tells each change from what opened it to what settled it, with both sums, the rule and the words', async () => {
    const desk = await openStory();
    const answer = await desk.ask<ExplanationAnswer>(url);
    expect(changeOpenedBy(answer, 'a-first')?.entries).toMatchObject([
      { effect: 'opened', adds: 1, for: 1, against: 0, settles: 'strong' },
    ]);
    const doubt = changeOpenedBy(answer, 'b-doubt');
    expect(doubt).toMatchObject({
      change: { status: 'withdrawn' },
      why: 'withdrawn on 2024-03-01: 1 against it is no less than 0.392 for it',
      entryCount: 2,
      entries: [
        {
          at: { edtf: '2024-02-01' },
          effect: 'opened',
          adds: 0.392,
          for: 0.392,
          against: 0,
          why: 'opened it with 0.392: 0.392 for, 0 against',
          statementCount: 1,
          statements: [
            { statementId: 'b-doubt', direction: 'oppose', weight: 0.392, quote: { exact: 'He would  never\ndo it' } },
          ],
        },
        { at: { edtf: '2024-03-01' }, effect: 'opposes', adds: 1, against: 1, settles: 'outweighed' },
      ],
    });
    expect(doubt).not.toHaveProperty('missing');
  });

  test('says what a change under way lacks', async () => {
    const desk = await openStory();
    const turn = changeOpenedBy(await desk.ask<ExplanationAnswer>(url), 'e-turn');
    expect(turn?.missing).toEqual({ weight: 0.3, toPass: false });
    expect(turn?.why).toBe(
      'provisional: it lacks 0.3 to have enough (1), or one uncontested utterance that weighs 0.85 or more',
    );
  });

  test('says why a moment in dispute opened nothing', async () => {
    const desk = await openStory();
    const { contested } = await desk.ask<ExplanationAnswer>(url);
    expect(contested).toMatchObject([
      {
        at: { edtf: '2024-04-01' },
        prevailing: null,
        effect: 'none',
        accounts: [{ statementId: 'd-no' }, { statementId: 'd-yes' }],
        why: 'accounts of one utterance disagree, and none prevails (support has 50 % of the weight, 67 % is needed): it opened nothing and adds nothing',
      },
    ]);
  });

  test('tells each statement with its factors, whose product is its weight, its moment and what it did', async () => {
    const desk = await openStory();
    const { statements } = await desk.ask<ExplanationAnswer>(url);
    expect(statements.items.map(({ id, why }) => [id, why])).toEqual([
      ['a-first', 'opened a change'],
      ['b-doubt', 'opened a change'],
      ['c-again', 'withdrew the change under way; counted as a reaffirmation'],
      ['d-no', 'one of several accounts that disagree, of which none prevails; adds nothing'],
      ['d-yes', 'one of several accounts that disagree, of which none prevails; adds nothing'],
      ['e-turn', 'opened a change'],
      ['f-silent', 'weighs nothing: declined to say'],
    ]);
    expect(statements.count).toBe(7);
    expect(statements.items[1]).toMatchObject({
      speaker: 'kirby',
      speakerName: 'John Kirby',
      authority: 'attributed',
      reportedBy: [{ actor: 'wire', verb: 'heard' }, { name: 'a friend' }],
      source: { publisher: 'The Paper', title: 'Will he?', part: 'body', publishedAt: { edtf: '2024-05-30' } },
      weight: 0.392,
      factors: [
        { name: 'authority', value: 'attributed', factor: 0.7 },
        { name: 'directness', value: 'indirect', factor: 0.8 },
        { name: 'part', value: 'body', factor: 1 },
        { name: 'chain', value: '2 links', factor: 0.7 },
        { name: 'certainty', value: '1', factor: 1 },
        { name: 'confidence', value: '1', factor: 1 },
      ],
      moment: { direction: 'oppose', adds: 0.392, contested: false, effect: 'opened' },
    });
    for (const { weight, factors } of statements.items) {
      expect(factors.reduce((product, { factor }) => product * factor, 1)).toBeCloseTo(weight, 8);
    }
  });

  test('says why the stance on a day is what it is, and why there is none', async () => {
    const desk = await openStory();
    const why = async (at: string) => {
      const { stance } = await desk.ask<ExplanationAnswer>(`${url}?at=${at}`);
      return [stance.status, stance.direction, stance.why];
    };
    expect(await why('2023')).toEqual(['insufficient', null, 'nothing was said by then']);
    const confirmed = 'confirmed on 2024-01-01: an utterance that weighs 0.85 or more confirms at once';
    expect(await why('2024-04')).toEqual(['confirmed', 'support', `support by the change of 2024-01-01; ${confirmed}`]);
    expect(await why('2024-05-01')).toEqual([
      'confirmed',
      'support',
      `support by the change of 2024-01-01; ${confirmed}; a change opened on 2024-05-01 is not confirmed, and does not count yet`,
    ]);
    const silent = await desk.ask<ExplanationAnswer>('/v1/histories/silent/trainers/explanation');
    expect(silent).toMatchObject({
      stance: { why: 'nothing was said by then', weight: 0 },
      changes: [],
      contested: [],
    });
    expect(silent.statements).toEqual({ items: [], count: 0 });
  });

  test('too little says how little, a stance to come when, and weightless words that they are', async () => {
    const desk = await openDesk();
    for (const actor of ['biden', 'macron', 'scholz']) await desk.actor(actor);
    await desk.proposition('trainers');
    const hint = { authority: 'inferred' } as const;
    await desk.state('hint', said('2024-02-01', 'support', hint));
    await desk.state('nothing', { ...said('2024-02-01', 'unclear'), holder: 'macron' });
    await desk.state('before', { ...said('2024-01-01', 'unclear'), holder: 'scholz' });
    await desk.state('later', { ...said('2024-03-01', 'support'), holder: 'scholz' });
    await desk.project();
    const stanceOf = async (holder: string, at: string) =>
      (await desk.ask<ExplanationAnswer>(`/v1/histories/${holder}/trainers/explanation?at=${at}`)).stance;
    expect(await stanceOf('biden', '2024-03')).toMatchObject({
      status: 'insufficient',
      direction: 'support',
      weight: 0.3,
      least: 0.4,
      why: 'too little to say: 0.3 stands behind support, and 0.4 is the least',
    });
    expect((await stanceOf('macron', '2024-03')).why).toBe('nothing that was said has a direction and weight');
    expect((await stanceOf('scholz', '2024-02')).why).toBe('the first stance begins later, on 2024-03-01');
  });

  test('puts every rule into words', async () => {
    const desk = await openDesk();
    await desk.actor('biden');
    await desk.proposition('trainers');
    const whyOf = async (statements: readonly GivenStatement[]): Promise<ExplanationAnswer> => {
      const proposition = `p${String(await desk.head())}`;
      await desk.proposition(proposition);
      for (const [index, statement] of statements.entries()) {
        await desk.state(`${proposition}-${String(index)}`, { ...statement, proposition });
      }
      await desk.project();
      return desk.ask<ExplanationAnswer>(`/v1/histories/biden/${proposition}/explanation`);
    };
    const weak = { certainty: 0.5 };
    const speech = { utteranceId: 'speech' };

    const third = await whyOf([
      said('2024-01-01', 'support', { strength: 0.9 }),
      said('2024-01-02', 'support', { strength: 0.5, ...weak }),
      said('2024-02-01', 'oppose', weak),
      said('2024-03-01', 'neutral', weak),
      said('2024-04-01', 'neutral', weak),
    ]);
    expect(third.changes.map(({ why }) => why)).toEqual([
      'confirmed on 2024-01-01: an utterance that weighs 0.85 or more confirms at once',
      'withdrawn on 2024-04-01: the direction itself changed',
      'withdrawn on 2024-03-01: something else than both sides was said',
      'confirmed on 2024-04-01: 1 for it is enough (1), and more than 0 against it',
    ]);
    expect(third.changes[2]?.entries[1]?.why).toBe(
      'adds to neither side: 0.5 for, 0 against; withdrew it: something else than both sides was said',
    );

    const dispute = await whyOf([
      said('2024-01-01', 'support'),
      said('2024-02-01', 'oppose', speech),
      said('2024-02-01', 'support', { ...speech, certainty: 0.1 }),
    ]);
    expect(dispute.contested[0]?.why).toBe(
      'accounts of one utterance disagree; oppose prevails with 91 % of the weight (67 % is needed) and adds 1, but cannot confirm; it opened a change',
    );
    expect(dispute.changes[1]?.why).toBe(
      'provisional: it has enough, but by a moment in dispute; one that is not would confirm it',
    );
    expect(dispute.statements.items[2]?.why).toBe('against what its day comes to; adds nothing to it');

    const even = await whyOf([
      said('2024-01-01', 'support', { certainty: 0.8, quote: { exact: 'Yes', directness: 'direct' } }),
      said('2024-01-01', 'oppose', { certainty: 0.8, quote: { exact: 'No', directness: 'direct' } }),
      said('2024-01-02', 'neutral', { certainty: 0.8 }),
      said('2024-01', 'neutral'),
      said('2024-01-03', 'neutral', { certainty: 0 }),
    ]);
    expect(even.changes[0]?.why).toBe(
      'provisional: it lacks 0.2 to have enough (1), or one uncontested utterance that weighs 0.85 or more',
    );
    expect(even.statements.items.map(({ why, moment }) => [why, moment?.why])).toEqual([
      ['opened a change', 'no direction has 67 % of the weight, so it is mixed, which adds 0.8; it opened a change'],
      ['opened a change', 'no direction has 67 % of the weight, so it is mixed, which adds 0.8; it opened a change'],
      ['adds to what speaks against the change under way', 'neutral adds 0.8; it spoke against the change under way'],
      ['weighs nothing: certainty 0', 'nothing said that day has weight; it opened nothing'],
      ['dated too vaguely for one day, and no stance held then agrees; adds nothing', undefined],
    ]);

    const level = await whyOf([
      said('2024-01-01', 'support', { certainty: 0.8 }),
      said('2024-01-02', 'oppose', { certainty: 0.8 }),
      said('2024-01-03', 'neutral', { certainty: 0.8 }),
      said('2024-01', 'support'),
    ]);
    expect(level.changes[0]?.why).toBe(
      'provisional: it lacks more than 0.8 to pass what speaks against it, or one uncontested utterance that weighs 0.85 or more',
    );
    expect(level.statements.items.at(-1)?.why).toBe(
      'dated too vaguely for one day; agrees with the stance held then, and adds to no sum',
    );
  });

  test('of one change holds only what concerns it', async () => {
    const desk = await openStory();
    const all = await desk.ask<ExplanationAnswer>(url);
    const { change } = changeOpenedBy(all, 'b-doubt') ?? {};
    const one = await desk.ask<ExplanationAnswer>(`${url}?change=${change?.id ?? ''}`);
    expect(one.changes).toEqual(all.changes.filter((told) => told.change.id === change?.id));
    expect(one.statements.items.map(({ id }) => id)).toEqual(['b-doubt', 'c-again']);
    expect(one.statements.count).toBe(2);
    expect(one.contested).toEqual([]);
    expect(one.stance).toEqual(all.stance);
  });

  test('tells the same changes and moments as the history', async () => {
    const desk = await openStory();
    const history = await desk.ask<HistoryAnswer>('/v1/histories/biden/trainers');
    const answer = await desk.ask<ExplanationAnswer>(url);
    expect(answer.changes.map(({ change }) => change)).toEqual(history.changes);
    expect(answer.contested.map(({ effect: _, why: __, ...moment }) => moment)).toEqual(history.contested);
    expect(answer.statements.items).toMatchObject(history.statements.items);
  });

  test('pages its statements, all pages of one position', async () => {
    const desk = await openStory();
    const whole = await desk.ask<ExplanationAnswer>(url);
    const items: unknown[] = [];
    let page = await desk.ask<ExplanationAnswer>(`${url}?limit=3`);
    for (;;) {
      items.push(...page.statements.items);
      expect(page.knownAt).toBe(whole.knownAt);
      expect(page.statements.count).toBe(7);
      if (page.statements.next === undefined) break;
      await desk.state(`more${String(items.length)}`, said('2024-01-01', 'support'));
      await desk.project();
      page = await desk.ask<ExplanationAnswer>(`${url}?limit=3&after=${page.statements.next}`);
    }
    expect(items).toEqual(whole.statements.items);
  });

  test('of a change with very many moments shows the first and the last of them, and says how many there are', async () => {
    const desk = await openDesk();
    await desk.actor('biden');
    await desk.proposition('trainers');
    const date = (index: number) => new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10);
    for (let index = 0; index < 60; index += 1) {
      await desk.state(`s${String(index)}`, said(date(index), 'support', { certainty: 0.01 }));
    }
    await desk.project();
    const { changes } = await desk.ask<ExplanationAnswer>(url);
    expect(changes[0]?.entryCount).toBe(60);
    expect(changes[0]?.entries.map(({ at }) => at.edtf)).toEqual(
      [...Array(25).keys(), ...Array.from({ length: 25 }, (_, index) => 35 + index)].map(date),
    );
    expect(await textOf(desk, `${url}?limit=10`)).toMatch(
      /2024-01-25 {2}adds.*(\n {6}.*)*\n {4}\.\.\. 10 more moments\n {4}2024-02-05/,
    );
  });

  test('has a tag that stays while it says the same, as JSON and as text', async () => {
    const desk = await openStory();
    for (const accept of ['application/json', 'text/plain']) {
      const first = await desk.get(url, { accept });
      await desk.actor(`more-${accept.slice(0, 4)}`);
      await desk.project();
      const again = await desk.get(url, { accept, 'if-none-match': String(first.headers['etag']) });
      expect([again.status, again.headers['stance-known-at']]).toEqual([304, String(await desk.head())]);
    }
  });
});

describe('an explanation to read', () => {
  test('says the same as the one for programs', async () => {
    const desk = await openStory();
    const text = await textOf(desk, url);
    const answer = await desk.ask<ExplanationAnswer>(url);
    const lines = text.split('\n').map((line) => line.trim());
    for (const { why } of [answer.stance, ...answer.changes, ...answer.contested, ...answer.statements.items]) {
      expect(lines).toContain(`why: ${why}`);
    }
    expect(text).toContain(
      [
        '  2024-02-01  oppose · b-doubt',
        '    He would never do it',
        '    John Kirby · attributed · through The Wire (heard) · through a friend',
        '    The Paper · “Will he?” · body · published 2024-05-30',
        '    weight 0.392 = 0.7 authority (attributed) × 0.8 directness (indirect) × 1 part (body) × 0.7 chain (2 links) × 1 certainty × 1 confidence',
        '    its day, 2024-02-01: oppose adds 0.392; it opened a change',
        '    why: opened a change',
      ].join('\n'),
    );
  });

  test('tells a page of the statements, and how many more there are', async () => {
    const desk = await openStory();
    const text = await textOf(desk, `${url}?limit=2`);
    expect(text).toContain('\nStatements 1 to 2 of 7\n');
    expect(text.endsWith('\n  ... and 5 more statements\n')).toBe(true);
    const { statements } = await desk.ask<ExplanationAnswer>(`${url}?limit=2`);
    expect(await textOf(desk, `${url}?limit=2&after=${statements.next ?? ''}`)).toContain('Statements 3 to 4 of 7');
  });

  test('of a past position stays as it was, names included', async () => {
    const desk = await openStory();
    const position = await desk.head();
    const then = `${url}?at=2025&knownAt=${String(position)}`;
    const before = await textOf(desk, then);
    await desk.reviseActor('kirby', 'Admiral Kirby');
    await desk.retract('b-doubt', trainers);
    await desk.project();
    expect(await textOf(desk, then)).toBe(before);
    const now = await textOf(desk, `${url}?at=2025`);
    expect(now).toContain('Admiral Kirby');
    expect(now).not.toContain('b-doubt');
  });

  test('lets nothing through that could steer a terminal', async () => {
    const desk = await openDesk();
    await desk.actor('biden', 'Joe \u001b[31mBiden');
    await desk.proposition('trainers', 'Trainers\u0007 \u202eshould be sent');
    await desk.state(
      's',
      said('2024-01-01', 'support', { quote: { exact: 'Yes\r\n\u001b[2J', directness: 'direct' } }),
    );
    await desk.project();
    expect(await textOf(desk, url)).not.toMatch(/[^\P{C}\n]/u);
  });
});
