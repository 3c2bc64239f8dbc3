import type { ContestedList, HistoryAnswer } from '@stance/contracts';
import { expect, test } from 'vitest';

import { openDesk } from './desk.ts';
import type { Desk, GivenStatement } from './desk.ts';

const trainers = { holder: 'biden', proposition: 'trainers' };
const document = { id: 'doc', publisher: 'The Paper', title: 'Biden turns' };

const quoted = (exact: string): GivenStatement['quote'] => ({ exact, directness: 'indirect' });

/** A headline of a document against its text, which nobody told to belong together. */
const disputed = async (desk: Desk, of = trainers, saidAt = '2024-05-10', id = ''): Promise<void> => {
  const source = { ...document, id: `doc${id}` };
  await desk.state(`head${id}`, {
    ...of,
    saidAt,
    direction: 'oppose',
    quote: quoted('Biden refuses'),
    source: { ...source, part: 'headline' },
  });
  await desk.state(`body${id}`, {
    ...of,
    saidAt,
    quote: quoted('He approves of it'),
    source: { ...source, part: 'body' },
  });
};

const openWith = async (...propositions: readonly string[]): Promise<Desk> => {
  const desk = await openDesk();
  await desk.actor('biden', 'Joe Biden');
  await desk.actor('silent');
  for (const proposition of ['trainers', ...propositions]) await desk.proposition(proposition);
  return desk;
};

test('a headline against its body is told as such, with its sources, its words and its weights', async () => {
  const desk = await openWith();
  await disputed(desk);
  await desk.project();
  const { items } = await desk.ask<ContestedList>('/v1/contested?holder=biden');
  expect(items).toMatchObject([
    {
      ...trainers,
      holderName: 'Joe Biden',
      at: { edtf: '2024-05-10' },
      kind: 'headline-against-text',
      prevailing: 'support',
      weights: { support: 0.8, oppose: 0.4, neutral: 0, mixed: 0 },
      accounts: [
        {
          statementId: 'body',
          direction: 'support',
          utterance: 1,
          weight: 0.8,
          publisher: 'The Paper',
          title: 'Biden turns',
          part: 'body',
          quote: { exact: 'He approves of it' },
        },
        { statementId: 'head', direction: 'oppose', utterance: 1, weight: 0.4, part: 'headline' },
      ],
      resolved: null,
    },
  ]);
  const history = await desk.ask<HistoryAnswer>('/v1/histories/biden/trainers');
  expect(items[0]).toMatchObject(history.contested[0] ?? {});
});

test('two outlets that disagree are told as outlets', async () => {
  const desk = await openWith();
  const one = { ...trainers, saidAt: '2024-05-10', utteranceId: 'briefing' };
  await desk.state('a', { ...one, source: { publisher: 'The Paper' } });
  await desk.state('b', { ...one, direction: 'oppose', source: { publisher: 'The Post' } });
  await desk.project();
  const history = await desk.ask<HistoryAnswer>('/v1/histories/biden/trainers');
  expect(history.contested).toMatchObject([{ kind: 'outlets', prevailing: null }]);
});

test('what is said later settles it, and who said it is told; before that was known it stands open', async () => {
  const desk = await openWith();
  await disputed(desk);
  await desk.project();
  const before = await desk.head();
  await desk.state('clear', {
    ...trainers,
    direction: 'oppose',
    saidAt: '2024-05-12',
    quote: { exact: 'I never said so.', directness: 'direct' },
  });
  await desk.project();
  const contested = async (query: string): Promise<ContestedList['items']> =>
    (await desk.ask<ContestedList>(`/v1/contested?holder=biden${query}`)).items;
  expect((await contested(''))[0]?.resolved).toMatchObject({
    at: { edtf: '2024-05-12' },
    direction: 'oppose',
    effect: 'opened',
    by: [{ statementId: 'clear', direction: 'oppose', weight: 1, quote: { exact: 'I never said so.' } }],
  });
  expect(await contested('&resolved=true')).toHaveLength(1);
  expect(await contested('&resolved=false')).toEqual([]);
  const known = `&knownAt=${String(before)}`;
  expect(await contested(`${known}&resolved=true`)).toEqual([]);
  expect((await contested(known))[0]?.resolved).toBeNull();
});

test('a retraction or a correction takes the dispute away by itself', async () => {
  const desk = await openWith('aid');
  await disputed(desk);
  await disputed(desk, { ...trainers, proposition: 'aid' }, '2024-05-10', '2');
  await desk.retract('head', trainers);
  await desk.correct('head2', { ...trainers, proposition: 'aid', saidAt: '2024-05-10', direction: 'support' });
  await desk.project();
  expect((await desk.ask<ContestedList>('/v1/contested?holder=biden')).items).toEqual([]);
});

test('the list is walked page by page, within a history too, and as lines', async () => {
  const desk = await openWith('aid', 'calm', 'war');
  for (const day of [10, 11, 12]) await disputed(desk, trainers, `2024-05-${String(day)}`, String(day));
  await desk.state('calm', { holder: 'biden', proposition: 'calm' });
  await disputed(desk, { ...trainers, proposition: 'war' }, '2024-05-10', 'w');
  await desk.project();
  const whole = await desk.ask<ContestedList>('/v1/contested?holder=biden');
  expect(whole.items.map(({ proposition, at }) => `${proposition} ${at.edtf}`)).toEqual([
    'trainers 2024-05-10',
    'trainers 2024-05-11',
    'trainers 2024-05-12',
    'war 2024-05-10',
  ]);
  const walked: unknown[] = [];
  for (let url: string | null = '/v1/contested?holder=biden&limit=1'; url !== null;) {
    const page: ContestedList = await desk.ask<ContestedList>(url);
    expect(page.items.length).toBeLessThanOrEqual(1);
    walked.push(...page.items);
    url = page.next === undefined ? null : `/v1/contested?limit=1&after=${page.next}`;
  }
  expect(walked).toEqual(whole.items);
  const lines = await desk.get('/v1/contested?holder=biden', { accept: 'application/x-ndjson' });
  expect(
    lines.text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(whole.items);
  expect((await desk.ask<ContestedList>('/v1/contested?proposition=war')).items).toEqual(whole.items.slice(3));
});

test('the stance keeps its short form of it', async () => {
  const desk = await openWith();
  await disputed(desk);
  await desk.project();
  const { stance } = await desk.ask<HistoryAnswer>('/v1/histories/biden/trainers');
  expect(stance?.contested).toMatchObject({ prevailing: 'support' });
  expect(stance?.contested).not.toHaveProperty('kind');
});

test('votes and words stand side by side, at the day asked for, with the days on which they part', async () => {
  const desk = await openWith();
  const vote = { ...trainers, act: 'vote', source: { part: 'record' } } as const;
  await desk.state('w1', { ...trainers, saidAt: '2024-01-01' });
  await desk.state('v1', { ...vote, saidAt: '2024-02-01', direction: 'oppose' });
  await desk.state('w2', { ...trainers, saidAt: '2024-02-10' });
  await desk.state('v2', { ...vote, saidAt: '2024-03-01' });
  await desk.project();
  const told = async (at: string) =>
    (await desk.ask<HistoryAnswer>(`/v1/histories/biden/trainers?at=${at}`)).saysAndDoes;
  expect(await told('2024-02-20')).toMatchObject({
    says: {
      direction: 'support',
      status: 'confirmed',
      since: { edtf: '2024-01-01' },
      statements: 2,
      reaffirmations: 1,
    },
    does: { direction: 'oppose', status: 'confirmed', since: { edtf: '2024-02-01' }, statements: 1 },
    parts: [{ from: { edtf: '2024-02-01' }, to: { edtf: '2024-02-29' }, says: 'support', does: 'oppose' }],
  });
  expect((await told('2024-01-15'))?.does).toMatchObject({ direction: null, status: 'insufficient', statements: 0 });
  expect((await told('2024-03-01'))?.does).toMatchObject({ direction: 'support', segments: [{}, {}] });
  await desk.retract('v1', trainers);
  await desk.retract('v2', trainers);
  await desk.project();
  expect(await told('2024-02-20')).toBeUndefined();
});
