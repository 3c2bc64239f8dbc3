import type { HistoryAnswer, StanceList } from '@stance/contracts';
import { describe, expect, it } from 'vitest';

import { openDesk } from './desk.ts';

describe('dissent', () => {
  it('is offered beside the stance of a group, of those who are members on the day and stand elsewhere', async () => {
    const desk = await openDesk();
    await desk.proposition('limit');
    await desk.actor('greens', 'The Greens', { kind: 'organization' });
    for (const member of ['brook', 'marsh', 'holm', 'lind']) await desk.actor(member, member, { kind: 'person' });
    await desk.registry('MembershipRecorded', { actorId: 'brook', group: 'greens', role: 'speaker', from: '2020' });
    await desk.registry('MembershipRecorded', { actorId: 'marsh', group: 'greens', from: '2020' });
    await desk.registry('MembershipRecorded', { actorId: 'holm', group: 'greens', from: '2020', to: '2023' });
    await desk.state('g', { holder: 'greens', proposition: 'limit', saidAt: '2024-01-10' });
    const alone = await desk.project();
    for (const holder of ['brook', 'holm', 'lind']) {
      await desk.state(holder, { holder, proposition: 'limit', direction: 'oppose', saidAt: '2024-02-10' });
    }
    await desk.state('m', { holder: 'marsh', proposition: 'limit', saidAt: '2024-02-10' });
    await desk.project();
    const ask = async (more = '') =>
      (await desk.ask<StanceList>(`/v1/stances?holder=greens&proposition=limit${more}`)).items[0];
    const dissenting = [
      {
        member: 'brook',
        name: 'brook',
        role: 'speaker',
        direction: 'oppose',
        status: 'confirmed',
        since: expect.anything(),
      },
    ];
    expect(await ask()).toMatchObject({ direction: 'support', statements: 1, dissent: dissenting });
    expect(await ask('&at=2024-01-31')).not.toHaveProperty('dissent');
    expect(await ask(`&knownAt=${String(alone)}`)).not.toHaveProperty('dissent');
    const history = await desk.ask<HistoryAnswer>('/v1/histories/greens/limit');
    expect(history.stance?.dissent).toMatchObject(dissenting);
    const own = await desk.ask<StanceList>('/v1/stances?holder=brook&proposition=limit');
    expect(own.items[0]).not.toHaveProperty('dissent');
  });
});

describe('what is implied', () => {
  it('is told of a proposition on which the holder said nothing, where it is asked for', async () => {
    const desk = await openDesk();
    await desk.proposition('trainers');
    await desk.proposition('soldiers');
    await desk.registry('PropositionRelated', { from: 'soldiers', type: 'entails', to: 'trainers' });
    await desk.actor('brook', 'Ana Brook', { kind: 'person' });
    await desk.state('s', { holder: 'brook', proposition: 'soldiers', saidAt: '2024-01-10' });
    const before = await desk.project();
    const implied = [{ direction: 'support', proposition: 'soldiers', given: 'support' }];
    const silent = { status: 'insufficient', direction: null, since: null, statements: 0, evidence: [], implied };

    const { items } = await desk.ask<StanceList>('/v1/stances?holder=brook&proposition=trainers');
    expect(items).toMatchObject([{ holder: 'brook', proposition: 'trainers', ...silent }]);
    const history = await desk.ask<HistoryAnswer>('/v1/histories/brook/trainers');
    expect(history).toMatchObject({ stance: silent, segments: [], statements: { items: [] } });
    expect(history).not.toHaveProperty('incomplete');

    const earlier = await desk.ask<StanceList>('/v1/stances?holder=brook&proposition=trainers&at=2024-01-09');
    expect(earlier.items).toEqual([]);
    expect((await desk.ask<StanceList>('/v1/stances?holder=brook')).items).toHaveLength(1);

    await desk.state('t', { holder: 'brook', proposition: 'trainers', direction: 'oppose', saidAt: '2024-02-10' });
    await desk.project();
    const now = await desk.ask<StanceList>('/v1/stances?holder=brook&proposition=trainers');
    expect(now.items).toMatchObject([{ direction: 'oppose', statements: 1, implied: [{ conflict: true }] }]);
    const known = `&knownAt=${String(before)}`;
    const then = await desk.ask<StanceList>(`/v1/stances?holder=brook&proposition=trainers${known}`);
    expect(then.items).toMatchObject([silent]);
  });
});

describe('accounts across holders', () => {
  it('of one document that differ between who heads an office, the office, and what that is part of', async () => {
    const desk = await openDesk();
    await desk.proposition('trainers');
    await desk.actor('biden', 'Joe Biden', { kind: 'person' });
    await desk.actor('president', 'President', { kind: 'office' });
    await desk.actor('government', 'US government', { kind: 'group' });
    await desk.registry('MembershipRecorded', { actorId: 'biden', group: 'president', from: '2021-01-20' });
    await desk.registry('MembershipRecorded', { actorId: 'president', group: 'government' });
    const source = { id: 'article', title: 'American authorities refute it' };
    const words = { exact: 'no', directness: 'indirect' as const };
    const said = { proposition: 'trainers', saidAt: '2024-06-07' };
    const headline = { ...said, holder: 'government', direction: 'oppose' as const, quote: words };
    await desk.state('headline', { ...headline, authority: 'attributed', source: { ...source, part: 'headline' } });
    await desk.state('body', { ...said, holder: 'biden', source: { ...source, part: 'body' } });
    await desk.state('elsewhere', { ...headline, source: { id: 'other', part: 'body' } });
    await desk.project();
    const expected = [
      {
        source,
        accounts: [
          { holder: 'biden', holderName: 'Joe Biden', direction: 'support', statementId: 'body', part: 'body' },
          { holder: 'government', direction: 'oppose', statementId: 'headline', part: 'headline' },
        ],
      },
    ];
    const across = async (holder: string, more = '') => {
      const { acrossHolders } = await desk.ask<HistoryAnswer>(`/v1/histories/${holder}/trainers${more}`);
      return acrossHolders?.map((one) => ({
        ...one,
        accounts: one.accounts.toSorted((a, b) => (a.holder < b.holder ? -1 : 1)),
      }));
    };
    expect(await across('biden')).toMatchObject(expected);
    expect(await across('government')).toMatchObject(expected);
    await desk.registry('MembershipRecorded', {
      actorId: 'biden',
      group: 'president',
      from: '2021-01-20',
      to: '2024-01-20',
    });
    const ended = await desk.project();
    expect(await across('biden')).toBeUndefined();
    expect(await across('biden', `?knownAt=${String(ended - 1)}`)).toMatchObject(expected);
  });
});
