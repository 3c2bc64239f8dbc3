import { describe, expect, test } from 'vitest';

import { openDesk } from './desk.ts';

const invalid = (path: string) => ({ status: 400, code: 'invalid-input', errors: [{ path }] });

const refusals: readonly (readonly [string, object])[] = [
  ['/v1/stances?holder=nobody', { status: 404, code: 'unknown-actor' }],
  ['/v1/stances?proposition=nothing', { status: 404, code: 'unknown-proposition' }],
  ['/v1/stances?holder=', invalid('holder')],
  ['/v1/stances?holder=a%20b', invalid('holder')],
  ['/v1/stances?holder=__proto__', invalid('holder')],
  ['/v1/stances?who=ann', invalid('who')],
  ['/v1/stances?holder=ann&holder=bob', invalid('holder')],
  ['/v1/stances?at=yesterday', invalid('at')],
  ['/v1/stances?at=2024-02-30', invalid('at')],
  ['/v1/stances?at=2024-06-08/2024-06-01', invalid('at')],
  ['/v1/stances?at=', invalid('at')],
  ['/v1/stances?at=%FF', { status: 400, code: 'invalid-input' }],
  ['/v1/stances?knownAt=soon', invalid('knownAt')],
  ['/v1/stances?knownAt=-1', invalid('knownAt')],
  ['/v1/stances?knownAt=1.5', invalid('knownAt')],
  ['/v1/stances?knownAt=2024-02-30', invalid('knownAt')],
  ['/v1/stances?knownAt=2024-02', invalid('knownAt')],
  ['/v1/stances?knownAt=2023-06-05T25:00:00Z', invalid('knownAt')],
  ['/v1/stances?minPosition=-1', invalid('minPosition')],
  ['/v1/stances?minPosition=two', invalid('minPosition')],
  ['/v1/stances?minPosition=99999999999999999999', invalid('minPosition')],
  ['/v1/stances?method=another', { status: 400, code: 'unknown-method' }],
  ['/v1/stances?limit=0', invalid('limit')],
  ['/v1/stances?limit=1001', invalid('limit')],
  ['/v1/stances?limit=ten', invalid('limit')],
  ['/v1/stances?limit=1e2', invalid('limit')],
  ['/v1/stances?after=', invalid('after')],
  ['/v1/histories/nobody/tax', { status: 404, code: 'unknown-actor' }],
  ['/v1/histories/ann/nothing', { status: 404, code: 'unknown-proposition' }],
  ['/v1/histories/ann/tax?holder=ann', invalid('holder')],
  ['/v1/histories/ann', { status: 404, code: 'not-found' }],
  ['/v1/histories/nobody/tax/explanation', { status: 404, code: 'unknown-actor' }],
  ['/v1/histories/ann/nothing/explanation', { status: 404, code: 'unknown-proposition' }],
  ['/v1/histories/ann/tax/explanation?method=another', { status: 400, code: 'unknown-method' }],
  ['/v1/histories/ann/tax/explanation?change=first', invalid('change')],
  [`/v1/histories/ann/tax/explanation?change=c-${'0'.repeat(32)}`, { status: 404, code: 'unknown-change' }],
  ['/v1/histories/ann/tax/explanation?limit=1001', invalid('limit')],
  ['/v1/histories/ann/tax/explanation?after=x', { status: 400, code: 'invalid-cursor' }],
  ['/v1/changes?kind=flip', invalid('kind[0]')],
  ['/v1/changes?kind=first,', invalid('kind[1]')],
  ['/v1/changes?status=', invalid('status[0]')],
  ['/v1/changes?from=2024-13', invalid('from')],
  ['/v1/changes?from=2024-03&to=2024-01', invalid('from')],
  ['/v1/changes?at=2024', invalid('at')],
  ['/v1/contested', invalid('holder')],
  ['/v1/contested?resolved=true', invalid('holder')],
  ['/v1/contested?holder=ann&resolved=yes', invalid('resolved')],
  ['/v1/contested?holder=ann&at=2024', invalid('at')],
  ['/v1/contested?holder=nobody', { status: 404, code: 'unknown-actor' }],
  ['/v1/contested?proposition=nothing', { status: 404, code: 'unknown-proposition' }],
  ['/v1/compare', invalid('proposition')],
  ['/v1/compare?holders=ann', invalid('proposition')],
  ['/v1/compare?proposition=tax&topic=money', invalid('topic')],
  ['/v1/compare?topic=money', invalid('holders')],
  ['/v1/compare?topic=nothing&holders=ann', { status: 404, code: 'unknown-topic' }],
  ['/v1/propositions?topic=nothing', { status: 404, code: 'unknown-topic' }],
  ['/v1/compare?proposition=tax&holders=', invalid('holders[0]')],
  ['/v1/compare?proposition=tax&holders=ann,,bob', invalid('holders[1]')],
  [`/v1/compare?proposition=tax&holders=${'ann,'.repeat(50)}ann`, invalid('holders')],
  [`/v1/compare?proposition=tax&holders=${'a'.repeat(7001)}`, invalid('holders')],
  ['/v1/compare?proposition=tax&holders=ann,nobody', { status: 404, code: 'unknown-actor' }],
  ['/v1/compare?proposition=nothing', { status: 404, code: 'unknown-proposition' }],
  ['/v1/compare?proposition=tax&at=2024&to=2024', invalid('to')],
  ['/v1/compare?proposition=tax&to=never', invalid('to')],
  ['/v1/compare?proposition=tax&from=2024-03&to=2024-01', invalid('from')],
  ['/v1/compare?proposition=tax&from=2024-03&at=2024-01', invalid('from')],
  ['/v1/compare?proposition=tax&limit=10', invalid('limit')],
  ['/v1/compare?proposition=tax&method=another', { status: 400, code: 'unknown-method' }],
  ['/v1/statements/none', { status: 404, code: 'unknown-statement' }],
  ['/v1/statements/s1?knownAt=2', { status: 404, code: 'unknown-statement' }],
  ['/v1/statements?to=never', invalid('to')],
  ['/v1/actors/nobody', { status: 404, code: 'unknown-actor' }],
  ['/v1/actors?q=', invalid('q')],
  [`/v1/actors?q=${'x'.repeat(201)}`, invalid('q')],
  ['/v1/propositions/nothing', { status: 404, code: 'unknown-proposition' }],
  ['/v1/methods/another', { status: 404, code: 'not-found' }],
];

describe('what is asked wrongly is refused with code and place', () => {
  test.each(refusals)('%s', async (url, problem) => {
    const desk = await openDesk();
    await desk.actor('ann');
    await desk.proposition('tax');
    await desk.state('s1', { holder: 'ann', proposition: 'tax' });
    await desk.project();
    expect(await desk.refused(url)).toMatchObject(problem);
    expect((await desk.get('/v1/stances?holder=ann')).status).toBe(200);
  });

  test('a media type that no answer has is not acceptable', async () => {
    const desk = await openDesk();
    expect((await desk.refused('/v1/stances', { accept: 'text/csv' })).code).toBe('not-acceptable');
    const explanation = '/v1/histories/ann/tax/explanation';
    expect((await desk.refused(explanation, { accept: 'text/csv' })).code).toBe('not-acceptable');
  });
});

describe('waiting for a position', () => {
  test('an answer comes as soon as the projection has passed it', async () => {
    const desk = await openDesk();
    await desk.actor('ann');
    const waiting = desk.get<{ knownAt: number }>('/v1/actors/ann?minPosition=1');
    await desk.project();
    expect(await waiting).toMatchObject({ status: 200, body: { knownAt: 1 } });
  });

  test('a known position is waited for likewise', async () => {
    const desk = await openDesk();
    await desk.actor('ann');
    desk.pass(1);
    const position = desk.get<{ knownAt: number }>('/v1/actors?knownAt=1');
    const instant = desk.get<{ knownAt: number }>('/v1/actors?knownAt=2024-06-01T12:00:00Z');
    await desk.project();
    expect((await position).body.knownAt).toBe(1);
    expect((await instant).body.knownAt).toBe(1);
  });

  test('what does not come in time is not caught up, with the time to try again', async () => {
    const desk = await openDesk({ waitMs: 20 });
    await desk.actor('ann');
    const reply = await desk.get<{ code: string }>('/v1/actors?minPosition=1');
    expect(reply).toMatchObject({ status: 503, body: { code: 'not-caught-up' } });
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
  });

  test('a read model that is not where the log stood at the start answers only who asks for less', async () => {
    const desk = await openDesk({ waitMs: 20, headAtStart: 3 });
    for (const id of ['ann', 'bob', 'cem', 'dan']) await desk.actor(id);
    await desk.project(1000, 2);
    const reply = await desk.get<{ code: string; detail: string }>('/v1/actors');
    expect(reply).toMatchObject({ status: 503, body: { code: 'not-caught-up' } });
    expect(reply.body.detail).toContain('at position 2 of 3');
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
    for (const less of ['knownAt=1', 'minPosition=2'])
      expect((await desk.get(`/v1/actors?${less}`)).status, less).toBe(200);

    await desk.project(1000, 3);
    expect(await desk.ask('/v1/actors')).toMatchObject({ knownAt: 3, items: [{}, {}, {}] });
  });

  test('a read waits for where the log stood at the start', async () => {
    const desk = await openDesk({ headAtStart: 1 });
    await desk.actor('ann');
    const waiting = desk.get<{ knownAt: number }>('/v1/actors');
    await desk.project();
    expect(await waiting).toMatchObject({ status: 200, body: { knownAt: 1 } });
  });
});

describe('parked events', () => {
  test('make the stances, histories and changes that they would touch say that they are incomplete', async () => {
    const desk = await openDesk();
    await desk.actor('ann');
    await desk.proposition('tax');
    await desk.proposition('war');
    await desk.state('s1', { holder: 'ann', proposition: 'tax' });
    await desk.state('s2', { holder: 'ann', proposition: 'war' });
    await desk.project();
    const before = await desk.head();
    await desk.poison('statement-s1');
    await desk.project();
    const stances = await desk.ask<{ items: { proposition: string; incomplete?: true }[] }>('/v1/stances?holder=ann');
    expect(stances.items.map(({ proposition, incomplete }) => [proposition, incomplete])).toEqual([
      ['tax', true],
      ['war', undefined],
    ]);
    expect(await desk.ask('/v1/histories/ann/tax')).toHaveProperty('incomplete', true);
    expect(await desk.ask(`/v1/histories/ann/tax?knownAt=${String(before)}`)).not.toHaveProperty('incomplete');
    const changes = await desk.ask<{ items: { proposition: string; incomplete?: true }[] }>('/v1/changes');
    expect(changes.items.find(({ proposition }) => proposition === 'tax')?.incomplete).toBe(true);
  });

  test('make a stance of which nothing else is known, and that of what they would have replaced, say so', async () => {
    const desk = await openDesk();
    await desk.actor('ann');
    await desk.actor('ben');
    await desk.proposition('tax');
    await desk.state('s1', { holder: 'ann', proposition: 'tax' });
    await desk.poison('statement-s2', 'StatementMade', {
      statement: { holder: 'ben', proposition: 'tax', replaces: 's1' },
    });
    await desk.project();
    const stances = await desk.ask<{ items: { holder: string; status: string; incomplete?: true }[] }>('/v1/stances');
    expect(stances.items.map(({ holder, status, incomplete }) => [holder, status, incomplete])).toEqual([
      ['ann', 'confirmed', true],
      ['ben', 'insufficient', true],
    ]);
    expect(await desk.ask('/v1/histories/ann/tax')).toHaveProperty('incomplete', true);
    const ofBen = await desk.ask<{ items: unknown[] }>('/v1/stances?holder=ben&proposition=tax');
    expect(ofBen.items).toHaveLength(1);
  });
});

describe('parked events of the registry', () => {
  test('make the answers about those whom they would have merged say that they are incomplete', async () => {
    const desk = await openDesk();
    for (const id of ['ann', 'ben', 'cem']) {
      await desk.actor(id);
      await desk.state(`s-${id}`, { holder: id, proposition: 'tax' });
    }
    await desk.proposition('tax');
    const before = await desk.head();
    await desk.poison('registry', 'ActorMerged', { actorId: 'ann', into: 'ben' });
    await desk.registry('ActorMerged', { actorId: 'cem', into: 'ben' });
    await desk.project();
    const stances = await desk.ask<{ items: { holder: string; incomplete?: true }[] }>('/v1/stances');
    expect(stances.items.map(({ holder, incomplete }) => [holder, incomplete])).toEqual([
      ['ann', true],
      ['ben', true],
      ['cem', true],
    ]);
    expect(await desk.ask('/v1/histories/ben/tax')).toHaveProperty('incomplete', true);
    expect(await desk.ask(`/v1/histories/ben/tax?knownAt=${String(before)}`)).not.toHaveProperty('incomplete');
    const known = await desk.ask<{ items: { incomplete?: true }[] }>(`/v1/stances?knownAt=${String(before + 1)}`);
    expect(known.items.map(({ incomplete }) => incomplete)).toEqual([true, true, undefined]);
  });

  test('say nothing of histories that they leave as they are', async () => {
    const desk = await openDesk();
    await desk.actor('ann');
    await desk.proposition('tax');
    await desk.state('s1', { holder: 'ann', proposition: 'tax' });
    await desk.poison('registry', 'MembershipRecorded', { actorId: 'ann', group: 'party' });
    await desk.poison('actor-ann', 'ActorRevised', { actorId: 'ann', name: { full: 'Ann' } });
    await desk.poison('proposition-tax', 'PropositionRevised', { propositionId: 'tax' });
    await desk.project();
    expect(await desk.ask('/v1/histories/ann/tax')).not.toHaveProperty('incomplete');
    expect(await desk.ask('/v1/actors/ann')).toMatchObject({ name: 'ann', revision: 0 });
  });
});

describe('what the feed knows of a change', () => {
  test('stands in answers of today, and not in those of a position that was asked for', async () => {
    const desk = await openDesk();
    await desk.actor('ann');
    await desk.proposition('tax');
    await desk.state('s1', { holder: 'ann', proposition: 'tax' });
    await desk.project();
    interface Changes {
      readonly items: { readonly id: string; readonly detectedAt: string | null; readonly revision: number | null }[];
    }
    const before = await desk.ask<Changes>('/v1/changes');
    expect(before.items[0]).toMatchObject({ detectedAt: null, revision: null });
    desk.published.set(before.items[0]?.id ?? '', { detectedAt: desk.now(), revision: 2 });
    const after = await desk.ask<Changes>('/v1/changes');
    expect(after.items[0]).toMatchObject({ detectedAt: '2024-06-01T12:00:00.000Z', revision: 2 });
    expect(await desk.ask<Changes>(`/v1/changes?knownAt=${String(await desk.head())}`)).toEqual(before);
  });
});
