import type { ActorDetail, ChangeList, HistoryAnswer, StanceList, StatementDetail } from '@stance/contracts';
import { describe, expect, it } from 'vitest';

import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

const trainers = 'trainers';

const prepared = async (): Promise<Desk> => {
  const desk = await openDesk();
  for (const actor of ['biden', 'macron', 'kirby']) await desk.actor(actor);
  await desk.proposition(trainers);
  return desk;
};

const endorse = (desk: Desk, id: string, saidAt: string, more: object = {}) =>
  desk.state(id, {
    holder: 'biden',
    proposition: trainers,
    act: 'endorse',
    direction: undefined,
    endorses: { holder: 'macron' },
    saidAt,
    ...more,
  });

const stanceOf = async (desk: Desk, holder: string, more = '') => {
  await desk.project();
  const { items } = await desk.ask<StanceList>(`/v1/stances?holder=${holder}&proposition=${trainers}${more}`);
  return items[0];
};

describe('an endorsement', () => {
  it('gives the stance it points at, also where that is recorded later, and is folded anew when that changes', async () => {
    const desk = await prepared();
    await endorse(desk, 'e', '2024-05-10');
    expect(await stanceOf(desk, 'biden')).toMatchObject({ status: 'insufficient', direction: null });
    const before = await desk.head();
    await desk.state('m', { holder: 'macron', proposition: trainers, saidAt: '2024-05-02' });
    expect(await stanceOf(desk, 'biden')).toMatchObject({ status: 'confirmed', direction: 'support' });
    expect(await stanceOf(desk, 'biden', `&knownAt=${String(before)}`)).toMatchObject({ status: 'insufficient' });
    await desk.correct('m', { holder: 'macron', proposition: trainers, saidAt: '2024-05-02', direction: 'oppose' });
    expect(await stanceOf(desk, 'biden')).toMatchObject({ direction: 'oppose' });
    const { items } = await desk.ask<ChangeList>('/v1/changes?holder=biden');
    expect(items).toMatchObject([{ kind: 'first', to: { direction: 'oppose' }, openedBy: 'e' }]);
  });

  it('sees through a chain, and the changes as of a past position are those of then', async () => {
    const desk = await prepared();
    await desk.actor('tusk');
    await endorse(desk, 'e', '2024-05-10');
    await endorse(desk, 'f', '2024-05-11', { holder: 'tusk', endorses: { holder: 'biden' } });
    const before = await desk.head();
    await desk.state('m', { holder: 'macron', proposition: trainers, saidAt: '2024-05-02' });
    expect(await stanceOf(desk, 'tusk')).toMatchObject({
      direction: 'support',
      evidence: [
        {
          statementId: 'f',
          direction: 'support',
          ground: {
            reason: 'endorsed',
            seen: { direction: 'support', openedBy: 'e' },
            path: [
              { holder: 'biden', proposition: trainers },
              { holder: 'macron', proposition: trainers },
            ],
          },
        },
      ],
    });
    const then = await desk.ask<ChangeList>(`/v1/changes?knownAt=${String(before)}`);
    expect(then.items).toEqual([]);
    const now = await desk.ask<ChangeList>('/v1/changes');
    expect(now.items.map(({ holder }) => holder).sort()).toEqual(['biden', 'macron', 'tusk']);
  });
});

describe('what was taken back', () => {
  it('weighs nothing, also where the disowning was recorded first, but under a knownAt before it', async () => {
    const desk = await prepared();
    await desk.state('d', {
      holder: 'biden',
      proposition: trainers,
      act: 'disown',
      direction: undefined,
      disowns: { statementId: 's' },
      saidAt: '2024-05-12',
    });
    const spoken = { holder: 'biden', proposition: trainers, speaker: 'kirby', authority: 'spokesperson' as const };
    await desk.state('s', spoken);
    expect(await stanceOf(desk, 'biden')).toMatchObject({ status: 'insufficient', direction: null });
    await desk.retract('d', { holder: 'biden', proposition: trainers });
    const retracted = await desk.head();
    expect(await stanceOf(desk, 'biden')).toMatchObject({ status: 'confirmed', direction: 'support' });
    await desk.state('d2', {
      holder: 'biden',
      proposition: trainers,
      act: 'disown',
      direction: undefined,
      disowns: { statementId: 's' },
      saidAt: '2024-05-13',
    });
    const { items } = await desk.ask<ChangeList>(
      `/v1/changes?holder=biden&minPosition=${String(await desk.project())}`,
    );
    expect(items).toMatchObject([{ status: 'withdrawn', openedBy: 's', disownedBy: 'd2' }]);
    expect(await stanceOf(desk, 'biden', `&knownAt=${String(retracted)}`)).toMatchObject({ status: 'confirmed' });
  });
});

describe('a disowning', () => {
  it('tells what it takes back, or why nothing, and whichever was recorded first', async () => {
    const desk = await prepared();
    const disown = { proposition: trainers, act: 'disown' as const, direction: undefined, saidAt: '2024-05-12' };
    const told = async (id: string, more = '') =>
      (await desk.ask<StatementDetail>(`/v1/statements/${id}${more}`)).disowning;
    await desk.state('early', { ...disown, holder: 'biden', disowns: { statementId: 's' } });
    await desk.state('foreign', { ...disown, holder: 'tusk', disowns: { statementId: 's' } });
    await desk.state('words', { ...disown, holder: 'biden', disowns: { utteranceId: 'u' } });
    const before = await desk.project();
    expect(await told('early')).toEqual({ effective: false, reason: 'nothing-known' });
    expect(await told('words')).toEqual({ effective: false, reason: 'nothing-known' });

    await desk.state('s', { holder: 'biden', proposition: trainers, utteranceId: 'u' });
    await desk.state('t', { holder: 'biden', proposition: 'other', utteranceId: 'u' });
    await desk.state('v', { holder: 'tusk', proposition: 'other', utteranceId: 'u' });
    await desk.state('of-early', { ...disown, holder: 'biden', disowns: { statementId: 'early' } });
    const condition = 'nobody asks';
    await desk.state('if', { ...disown, holder: 'biden', condition, disowns: { statementId: 's' } });
    const after = await desk.project();
    expect(await told('early')).toEqual({ effective: true, statements: ['s'] });
    expect(await told('words')).toEqual({ effective: true, statements: ['s', 't'] });
    expect(await told('foreign')).toEqual({ effective: false, reason: 'of-another-holder' });
    expect(await told('of-early')).toEqual({ effective: false, reason: 'is-a-disowning' });
    expect(await told('if')).toEqual({ effective: false, reason: 'under-condition' });
    expect(await told('s')).toBeUndefined();
    expect(await told('early', `?knownAt=${String(before)}`)).toEqual({ effective: false, reason: 'nothing-known' });

    await desk.registry('ActorMerged', { actorId: 'tusk', into: 'biden', reason: 'test' });
    await desk.project();
    expect(await told('foreign')).toEqual({ effective: true, statements: ['s'] });
    expect(await told('foreign', `?knownAt=${String(after)}`)).toMatchObject({ reason: 'of-another-holder' });
    expect(await told('words')).toEqual({ effective: true, statements: ['s', 't', 'v'] });

    await desk.retract('s', { holder: 'biden', proposition: trainers });
    await desk.project();
    expect(await told('early')).toEqual({ effective: false, reason: 'nothing-known' });
    expect(await told('words')).toEqual({ effective: true, statements: ['t', 'v'] });
    for (let n = 0; n < 21; n += 1)
      await desk.state(`w${n}`, { holder: 'biden', proposition: trainers, utteranceId: 'w', saidAt: '2024-05-12' });
    await desk.state('all', { ...disown, holder: 'biden', disowns: { utteranceId: 'w' } });
    await desk.project();
    const all = await told('all');
    expect([all?.statements?.length, all?.more]).toEqual([20, true]);
  });
});

describe('a merge', () => {
  it('makes two histories one and, taken back, two again; answers from before it stay', async () => {
    const desk = await prepared();
    await desk.actor('joe-biden');
    await desk.state('a', { holder: 'biden', proposition: trainers, saidAt: '2024-05-01' });
    await desk.state('b', { holder: 'joe-biden', proposition: trainers, direction: 'oppose', saidAt: '2024-05-03' });
    await desk.state('c', { holder: 'joe-biden', proposition: 'other', saidAt: '2024-05-03' });
    const before = await desk.project();
    const answers = async (more = '') => {
      const { items } = await desk.ask<StanceList>(`/v1/stances?${more}`);
      return items.map(({ holder, proposition, direction, statements }) => [
        holder,
        proposition,
        direction,
        statements,
      ]);
    };
    const apart = await answers();
    expect(apart).toHaveLength(3);
    await desk.registry('ActorMerged', { actorId: 'joe-biden', into: 'biden' });
    const merged = await desk.project();
    expect(await answers()).toEqual([
      ['biden', trainers, 'oppose', 2],
      ['biden', 'other', 'support', 1],
    ]);
    expect(await answers(`knownAt=${String(before)}`)).toEqual(apart);
    const history = await desk.ask<HistoryAnswer>(`/v1/histories/joe-biden/${trainers}`);
    expect(history).toMatchObject({ holder: 'biden', changes: [{ kind: 'first' }, { kind: 'reversal' }] });
    const changes = await desk.ask<ChangeList>('/v1/changes');
    expect(changes.items.map(({ holder }) => holder)).toEqual(['biden', 'biden', 'biden']);
    expect(await desk.ask<ActorDetail>('/v1/actors/joe-biden')).toMatchObject({ id: 'biden' });
    await desk.state('d', { holder: 'joe-biden', proposition: trainers, saidAt: '2024-05-05' });
    await desk.project();
    expect(await answers(`proposition=${trainers}`)).toEqual([['biden', trainers, 'support', 3]]);
    await desk.registry('ActorUnmerged', { actorId: 'joe-biden' });
    await desk.project();
    expect(await answers(`holder=biden`)).toEqual([['biden', trainers, 'support', 1]]);
    expect(await answers(`holder=joe-biden`)).toEqual([
      ['joe-biden', trainers, 'support', 2],
      ['joe-biden', 'other', 'support', 1],
    ]);
    expect(await answers(`knownAt=${String(merged)}`)).toHaveLength(2);
    expect((await desk.ask<ChangeList>(`/v1/changes?knownAt=${String(merged)}`)).items).toHaveLength(3);
    expect((await desk.ask<ChangeList>(`/v1/changes?knownAt=${String(before)}`)).items).toHaveLength(3);
  });
});
