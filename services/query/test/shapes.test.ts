import { readingEndpoints, streamChanges, streamEndpoints, streamStatements } from '@stance/contracts';
import type { ActorDetail, HistoryAnswer, StanceList, StatementDetail } from '@stance/contracts';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';

import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { eventually, openNewsroom, read } from './following/newsroom.ts';

const trainers = { holder: 'biden', proposition: 'trainers' };

/** A bit of everything that answers can hold. */
const tellAll = async (desk: Desk): Promise<void> => {
  await desk.actor('biden', 'Joe Biden', {
    kind: 'person',
    identifiers: { wikidata: 'Q6279' },
    description: 'President',
  });
  await desk.actor('kirby', 'John Kirby');
  await desk.alias('biden', 'Joseph R. Biden');
  await desk.actor('silent');
  await desk.proposition('trainers', 'Western military trainers should be sent to Ukraine');
  await desk.revise('trainers', 'Western military trainers should be sent into Ukraine', 'clearer');
  await desk.proposition('aid', 'Aid should be given', ['ukraine']);
  await desk.proposition('untouched', 'Nobody speaks of this', ['peace']);
  await desk.actor('us-president', 'President of the United States', { kind: 'office' });
  await desk.alias('us-president', 'POTUS', { from: '1895', evidence: 'Lyons, telegraph code of 1895' });
  await desk.actor('j-biden', 'J. Biden');
  await desk.registry('MembershipRecorded', {
    actorId: 'biden',
    group: 'us-president',
    role: 'President',
    from: '2021-01-20',
    to: '2025-01-20',
    onBehalfOf: 'democrats',
  });
  await desk.registry('ActorMerged', { actorId: 'j-biden', into: 'biden', reason: 'one person' });
  await desk.registry('PropositionRelated', { propositionId: 'untouched', type: 'narrows', to: 'trainers' });
  await desk.registry('TopicDefined', { topicId: 'war', name: 'War', aliases: ['Krieg'] });
  await desk.registry('TopicDefined', { topicId: 'peace', name: 'Peace', parent: 'war' });
  const source = { id: 'doc', publisher: 'The Paper', publishedAt: '2024-05-10' };
  const saidAt = '2024-05-10';
  await desk.state('head', {
    ...trainers,
    saidAt,
    direction: 'oppose',
    authority: 'attributed',
    source: { ...source, part: 'headline' },
  });
  await desk.state('body', {
    ...trainers,
    saidAt,
    speaker: 'kirby',
    authority: 'spokesperson',
    source: { ...source, part: 'body' },
    quote: { exact: 'He approves of it', directness: 'indirect' },
    strength: 0.9,
  });
  await desk.state('early', {
    ...trainers,
    saidAt: '2024-03',
    heldSince: '2022-02',
    strength: 0.2,
    authority: 'attributed',
  });
  await desk.state('flip', {
    ...trainers,
    direction: 'oppose',
    saidAt: '2024-05-20',
    source: { publishedAt: '2024-05-21' },
  });
  await desk.state('wrong', { ...trainers, saidAt: '2024-05-22' });
  await desk.correct('wrong', { ...trainers, direction: 'mixed', saidAt: '2024-05-22' });
  await desk.state('gone', { ...trainers, saidAt: '2024-05-23' });
  await desk.retract('gone', trainers);
  await desk.state('instead', { ...trainers, saidAt: '2024-05-23', replaces: 'gone', direction: 'unclear' });
  await desk.state('kirbys', { holder: 'kirby', proposition: 'aid', saidAt: '2024-05-01' });
  await desk.state('words', { holder: 'biden', proposition: 'aid', saidAt: '2024-05-01', strength: 0.5 });
  await desk.state('vote', {
    holder: 'biden',
    proposition: 'aid',
    saidAt: '2024-05-02',
    direction: 'oppose',
    act: 'vote',
    source: { part: 'record' },
  });
  await desk.project();
};

const calls: Readonly<Record<string, readonly string[]>> = {
  listStances: [
    '/v1/stances',
    '/v1/stances?holder=biden',
    '/v1/stances?proposition=trainers&at=2024-04',
    '/v1/stances?holder=silent',
  ],
  getHistory: [
    '/v1/histories/biden/trainers',
    '/v1/histories/biden/trainers?at=2024-05-11&limit=1',
    '/v1/histories/silent/untouched',
    '/v1/histories/biden/aid',
    '/v1/histories/biden/aid?at=2024-05-01',
  ],
  listContested: [
    '/v1/contested?holder=biden',
    '/v1/contested?proposition=trainers&resolved=true',
    '/v1/contested?holder=silent&resolved=false',
  ],
  compareHolders: [
    '/v1/compare?proposition=trainers',
    '/v1/compare?proposition=untouched&from=2024',
    '/v1/compare?topic=ukraine&holders=biden,kirby,silent&from=2024-05-02&to=2024-05-20',
  ],
  getExplanation: [
    '/v1/histories/biden/trainers/explanation',
    '/v1/histories/biden/trainers/explanation?at=2024-05-11&limit=1',
    '/v1/histories/silent/untouched/explanation',
  ],
  listChanges: [
    '/v1/changes',
    '/v1/changes?holder=biden&status=confirmed,provisional&kind=first,reversal',
    '/v1/changes?from=2030',
  ],
  listStatements: [
    '/v1/statements',
    '/v1/statements?holder=biden&limit=2',
    '/v1/statements?proposition=trainers&from=2024-05-20&to=2024-05-22',
  ],
  getStatement: ['head', 'body', 'early', 'wrong', 'gone', 'instead'].map((id) => `/v1/statements/${id}`),
  listActors: ['/v1/actors', '/v1/actors?q=jos%20bid', '/v1/actors?q=nobody', '/v1/actors?q=!!'],
  getActor: ['/v1/actors/biden?at=2022', '/v1/actors/kirby', '/v1/actors/j-biden', '/v1/actors/us-president'],
  listPropositions: ['/v1/propositions', '/v1/propositions?q=WESTERN+trainers', '/v1/propositions?topic=war'],
  listTopics: ['/v1/topics', '/v1/topics?q=krieg'],
  getTopic: ['/v1/topics/war', '/v1/topics/peace'],
  getProposition: ['/v1/propositions/trainers', '/v1/propositions/untouched'],
  listMethods: ['/v1/methods'],
  getMethod: ['/v1/methods/default', '/v1/methods/wary'],
  compareMethods: [
    '/v1/methods/compare?a=default&b=wary',
    '/v1/methods/compare?a=wary&b=default&holder=biden&at=2024-04',
    '/v1/methods/compare?a=wary&b=default&proposition=untouched',
  ],
};

const strictly = (schema: z.ZodType | undefined, value: unknown): void => {
  const result = schema?.safeParse(value);
  expect(result?.error?.issues ?? [], JSON.stringify(value, null, 1)).toEqual([]);
  expect(result?.data).toEqual(value);
};

const streams: ReadonlySet<string> = new Set(streamEndpoints.map(({ operationId }) => operationId));
const answering = readingEndpoints.filter(({ operationId }) => !streams.has(operationId));

describe('answers have the shapes that the API describes', () => {
  test.each(answering.map((endpoint) => [endpoint.operationId, endpoint] as const))('%s', async (id, endpoint) => {
    const desk = await openDesk();
    await tellAll(desk);
    for (const url of calls[id] ?? []) {
      for (const at of ['', `${url.includes('?') ? '&' : '?'}knownAt=${String(await desk.head())}`]) {
        if (at !== '' && (id === 'getMethod' || id === 'listMethods')) continue;
        const body = await desk.ask(url + at);
        const content: Readonly<Record<string, z.ZodType>> = endpoint.responses[200]?.content ?? {};
        strictly(content['application/json'], body);
        const line = content['application/x-ndjson'];
        if (line === undefined) continue;
        const lines = await desk.get(url + at, { accept: 'application/x-ndjson' });
        for (const text of lines.text.split('\n').slice(0, -1)) strictly(line, JSON.parse(text));
      }
    }
    expect(calls[id]?.length).toBeGreaterThan(0);
  });

  test.each([
    [streamChanges, ['StanceChangeDetected', 'StanceChangeRemoved', 'position', 'reset']],
    [streamStatements, ['StatementCorrected', 'StatementMade', 'StatementRetracted', 'position', 'reset']],
  ] as const)('$operationId', async ({ path, responses }, names) => {
    const newsroom = await openNewsroom();
    await tellAll(newsroom);
    await newsroom.publish();
    await newsroom.retract('body', trainers);
    await newsroom.project();
    await newsroom.publish();
    const readers = [await read(newsroom, `${path}?after=0`), await read(newsroom, `${path}?after=elsewhere.1`)];
    const events = () => readers.flatMap((reader) => reader.events);
    await eventually(() => expect(events().filter(({ event }) => event === 'position')).toHaveLength(2));
    for (const event of events()) strictly(responses[200]?.content?.['text/event-stream'], event);
    expect([...new Set(events().map(({ event }) => event))].sort()).toEqual(expect.arrayContaining([...names]));
  });
});

describe('what answers say', () => {
  test('a statement tells every version, what ended it, and what stands for it', async () => {
    const desk = await openDesk();
    await tellAll(desk);
    const wrong = await desk.ask<StatementDetail>('/v1/statements/wrong');
    expect(wrong).toMatchObject({
      state: 'corrected',
      revision: 1,
      direction: 'mixed',
      versions: [
        { revision: 0, direction: 'support', ended: { by: 'corrected', position: wrong.position } },
        { revision: 1, direction: 'mixed', reason: 'misread' },
      ],
    });
    const gone = await desk.ask<StatementDetail>('/v1/statements/gone');
    expect(gone).toMatchObject({ state: 'retracted', retraction: { reason: 'never said' }, replacedBy: ['instead'] });
    const before = await desk.ask<StatementDetail>(`/v1/statements/gone?knownAt=${String(gone.position)}`);
    expect(before.state).toBe('active');
    expect(before).not.toHaveProperty('retraction');
    expect(before).not.toHaveProperty('replacedBy');
    expect(await desk.ask('/v1/statements/instead')).toMatchObject({ replaces: 'gone', state: 'active' });
  });

  test('a headline stands beside its body as what each is, with its words', async () => {
    const desk = await openDesk();
    await tellAll(desk);
    const { items } = await desk.ask<StanceList>('/v1/stances?holder=biden&at=2024-05-10');
    expect(items[0]?.contested?.accounts).toMatchObject([
      {
        statementId: 'body',
        direction: 'support',
        utterance: 1,
        part: 'body',
        speaker: 'kirby',
        authority: 'spokesperson',
      },
      { statementId: 'head', direction: 'oppose', utterance: 1, part: 'headline', weight: 0.35 },
    ]);
    expect(items[0]?.contested?.accounts[0]?.quote).toEqual({ exact: 'He approves of it', directness: 'indirect' });
    const history = await desk.ask<HistoryAnswer>('/v1/histories/biden/trainers');
    const head = history.statements.items.find(({ id }) => id === 'head');
    expect(head).toMatchObject({ weight: 0.35, contested: true, source: { part: 'headline' } });
    expect(history.contested).toHaveLength(1);
  });

  test('counts, the last statement and evidence stop at `at`, and changes do not', async () => {
    const desk = await openDesk();
    await tellAll(desk);
    const then = await desk.ask<HistoryAnswer>('/v1/histories/biden/trainers?at=2024-05-11');
    const now = await desk.ask<HistoryAnswer>('/v1/histories/biden/trainers');
    expect(then.stance?.statements).toBe(3);
    expect(then.stance?.lastSaidAt?.latest).toBe('2024-05-10');
    expect(then.stance?.evidence.map(({ statementId }) => statementId)).not.toContain('flip');
    expect(then.changes).toEqual(now.changes);
    expect(then.segments).toEqual(now.segments);
    expect(then.at).toEqual({ edtf: '2024-05-11', earliest: '2024-05-11', latest: '2024-05-11' });
  });

  test('a claim to have held a stance before is given as it was worded, with who claims it', async () => {
    const desk = await openDesk();
    await desk.actor('biden');
    await desk.proposition('soldiers');
    const soldiers = { holder: 'biden', proposition: 'soldiers', direction: 'oppose' as const };
    await desk.state('never', { ...soldiers, heldSince: '2022-02' });
    await desk.project();
    const history = await desk.ask<HistoryAnswer>('/v1/histories/biden/soldiers');
    const claim = {
      claimedSince: { edtf: '2022-02', earliest: '2022-02-01', latest: '2022-02-28' },
      claimedBy: 'never',
    };
    expect(history.stance).toMatchObject(claim);
    expect(history.segments).toMatchObject([claim]);
    // A contrary word cuts it short: then only the days that count are given.
    await desk.state('yes', { ...soldiers, direction: 'support', saidAt: '2023-01-01' });
    await desk.project();
    const cut = await desk.ask<HistoryAnswer>('/v1/histories/biden/soldiers');
    expect(cut.stance?.claimedSince?.edtf).toBe('2023-01-02');
  });

  test('a holder who said nothing has an empty list, and an empty history', async () => {
    const desk = await openDesk();
    await tellAll(desk);
    expect((await desk.ask<StanceList>('/v1/stances?holder=silent')).items).toEqual([]);
    const history = await desk.ask<HistoryAnswer>('/v1/histories/silent/untouched');
    expect(history).toMatchObject({ stance: null, segments: [], changes: [], statements: { items: [] } });
  });

  test('the dates of a name come with the days they span', async () => {
    const desk = await openDesk();
    await desk.actor('ann', 'Ann', { aliases: [{ name: 'Annie', from: '2019-05', to: '../2021' }, { name: 'A.' }] });
    await desk.project();
    const { aliases } = await desk.ask<ActorDetail>('/v1/actors/ann');
    expect(aliases).toEqual([
      {
        name: 'Annie',
        from: { edtf: '2019-05', earliest: '2019-05-01', latest: '2019-05-31' },
        to: { edtf: '../2021', earliest: null, latest: '2021-12-31' },
      },
      { name: 'A.' },
    ]);
  });

  test('the stance links to its history and to all statements behind it', async () => {
    const desk = await openDesk();
    await tellAll(desk);
    const known = await desk.head();
    const { items } = await desk.ask<StanceList>(`/v1/stances?holder=biden&at=2024-05-10&knownAt=${String(known)}`);
    const links = items[0]?.links;
    const history = await desk.ask<HistoryAnswer>(links?.history ?? '');
    expect(history.stance).toEqual(items[0]);
    expect(history.statements.items).toHaveLength(items[0]?.statements ?? 0);
    const all = await desk.ask<{ items: unknown[] }>(links?.statements ?? '');
    expect(all.items).toHaveLength(items[0]?.statements ?? 0);
  });
});
