import type {
  ActorDetail,
  ActorList,
  HistoryAnswer,
  PropositionDetail,
  PropositionList,
  StatementDetail,
  StatementList,
  TopicDetail,
  TopicList,
} from '@stance/contracts';
import { describe, expect, it } from 'vitest';

import { openDesk } from './desk.ts';

const ids = (list: { readonly items: readonly { readonly id: string }[] }): string[] => list.items.map(({ id }) => id);

/** An office that changed hands, a name for whoever holds it, and a party. */
const openPresidents = async () => {
  const desk = await openDesk();
  await desk.actor('office', 'President', { kind: 'office' });
  await desk.actor('obama', 'Barack Obama', { kind: 'person' });
  await desk.actor('trump', 'Donald Trump', { kind: 'person' });
  await desk.actor('party', 'Democratic Party', { kind: 'organization' });
  await desk.alias('obama', 'the President', { from: '2009-01-20', to: '2017-01-20', evidence: 'as papers had it' });
  await desk.alias('trump', 'the President', { from: '2025-01-20' });
  await desk.registry('MembershipRecorded', {
    actorId: 'obama',
    group: 'office',
    from: '2009-01-20',
    to: '2017-01-20',
  });
  await desk.registry('MembershipRecorded', {
    actorId: 'trump',
    group: 'office',
    from: '2017-01-20',
    to: '2021-01-20',
  });
  const chair = { actorId: 'obama', group: 'party', role: 'leader', onBehalfOf: 'office' };
  await desk.registry('MembershipRecorded', chair);
  await desk.project();
  return desk;
};

describe('a name', () => {
  it('is found at a date by whoever had it then, and without one by all who ever had it', async () => {
    const desk = await openPresidents();
    const find = async (query: string) => ids(await desk.ask<ActorList>(`/v1/actors?q=the+president${query}`));
    expect(await find('&at=2015')).toEqual(['obama']);
    expect(await find('&at=2025-06-01')).toEqual(['trump']);
    expect(await find('&at=2022')).toEqual([]);
    expect(await find('')).toEqual(['obama', 'trump']);
  });

  it('says where it is attested', async () => {
    const desk = await openPresidents();
    const { aliases } = await desk.ask<ActorDetail>('/v1/actors/obama');
    expect(aliases).toEqual([
      {
        name: 'the President',
        from: { edtf: '2009-01-20', earliest: '2009-01-20', latest: '2009-01-20' },
        to: { edtf: '2017-01-20', earliest: '2017-01-20', latest: '2017-01-20' },
        evidence: 'as papers had it',
      },
    ]);
  });
});

describe('an office', () => {
  it('shows in the list who held it on the day', async () => {
    const desk = await openPresidents();
    const heldBy = async (at: string) => {
      const { items } = await desk.ask<ActorList>(`/v1/actors?q=president&at=${at}`);
      return items.find(({ id }) => id === 'office')?.heldBy?.map(({ actor, name }) => [actor, name]);
    };
    expect(await heldBy('2015')).toEqual([['obama', 'Barack Obama']]);
    expect(await heldBy('2017-01-20')).toEqual([
      ['obama', 'Barack Obama'],
      ['trump', 'Donald Trump'],
    ]);
    expect(await heldBy('2024')).toEqual([]);
    const { items } = await desk.ask<ActorList>('/v1/actors?q=obama');
    expect(items[0]).not.toHaveProperty('heldBy');
  });

  it('lists all its members, those of the day first', async () => {
    const desk = await openPresidents();
    const { members, memberCount, memberships } = await desk.ask<ActorDetail>('/v1/actors/office?at=2018');
    expect(members.map(({ actor, current }) => [actor, current])).toEqual([
      ['trump', true],
      ['obama', false],
    ]);
    expect([memberCount, memberships]).toEqual([2, []]);
    const { members: earlier } = await desk.ask<ActorDetail>('/v1/actors/office?at=2018&knownAt=7');
    expect(earlier.map(({ actor }) => actor)).toEqual(['obama']);
  });

  it('stands among the memberships of who held it', async () => {
    const desk = await openPresidents();
    const { memberships, membershipCount, members } = await desk.ask<ActorDetail>('/v1/actors/obama?at=2012');
    expect(memberships).toEqual([
      {
        group: 'office',
        name: 'President',
        from: { edtf: '2009-01-20', earliest: '2009-01-20', latest: '2009-01-20' },
        to: { edtf: '2017-01-20', earliest: '2017-01-20', latest: '2017-01-20' },
        current: true,
      },
      { group: 'party', name: 'Democratic Party', role: 'leader', onBehalfOf: 'office', current: true },
    ]);
    expect([membershipCount, members]).toEqual([2, []]);
  });

  it('of many members counts all and shows the first', async () => {
    const desk = await openPresidents();
    for (let index = 0; index < 250; index += 1) {
      const from = index < 230 ? '1990' : '2020';
      await desk.registry('MembershipRecorded', { actorId: `m${String(index)}`, group: 'party', from, to: '2021' });
    }
    await desk.project();
    const { members, memberCount } = await desk.ask<ActorDetail>('/v1/actors/party?at=2000');
    expect([members.length, memberCount]).toEqual([200, 251]);
    expect(members.every(({ current }) => current)).toBe(true);
  });
});

describe('a merged actor', () => {
  const openMerged = async () => {
    const desk = await openPresidents();
    await desk.actor('b-obama', 'B. Obama', { kind: 'person' });
    await desk.actor('bho', 'B. H. Obama', { kind: 'person' });
    await desk.registry('MembershipRecorded', { actorId: 'bho', group: 'party', role: 'member' });
    await desk.registry('MembershipRecorded', { actorId: 'trump', group: 'bho' });
    const merged = await desk.registry('ActorMerged', { actorId: 'bho', into: 'b-obama' });
    await desk.registry('ActorMerged', { actorId: 'b-obama', into: 'obama', reason: 'two spellings' });
    await desk.project();
    return { desk, merged };
  };

  it('answers as the last of the chain, which says who answers as it', async () => {
    const { desk, merged } = await openMerged();
    const answer = await desk.ask<ActorDetail>('/v1/actors/bho');
    expect(answer).toMatchObject({ id: 'obama', name: 'Barack Obama', mergedInto: 'obama' });
    expect(answer.mergedFrom).toEqual([
      { id: 'bho', name: 'B. H. Obama', into: 'b-obama', position: merged },
      { id: 'b-obama', name: 'B. Obama', into: 'obama', reason: 'two spellings', position: merged + 1 },
    ]);
    const { mergedInto, ...own } = await desk.ask<ActorDetail>('/v1/actors/obama');
    expect(mergedInto).toBeUndefined();
    expect({ ...own, mergedInto: 'obama' }).toEqual(answer);
  });

  it('brings its memberships and members along', async () => {
    const { desk } = await openMerged();
    const { memberships, members } = await desk.ask<ActorDetail>('/v1/actors/b-obama');
    expect(memberships.map(({ group, role }) => [group, role])).toContainEqual(['party', 'member']);
    expect(members.map(({ actor }) => actor)).toEqual(['trump']);
    const party = await desk.ask<ActorDetail>('/v1/actors/party');
    expect(party.members.map(({ actor }) => actor)).toEqual(['obama', 'obama']);
  });

  it('is listed under its own names, with whom it answers as', async () => {
    const { desk } = await openMerged();
    const { items } = await desk.ask<ActorList>('/v1/actors?q=b+h');
    expect(items).toMatchObject([{ id: 'bho', name: 'B. H. Obama', mergedInto: 'obama' }]);
  });

  it('is itself before the merge was known, and after it was taken back', async () => {
    const { desk, merged } = await openMerged();
    const before = `/v1/actors/bho?at=2020&knownAt=${String(merged - 1)}`;
    const told = await desk.ask<ActorDetail>(before);
    expect(told).toMatchObject({ id: 'bho', mergedFrom: [] });
    expect(told).not.toHaveProperty('mergedInto');
    await desk.registry('ActorUnmerged', { actorId: 'bho' });
    await desk.project();
    expect(await desk.ask<ActorDetail>('/v1/actors/bho')).toMatchObject({ id: 'bho', mergedFrom: [] });
    expect((await desk.ask<ActorDetail>('/v1/actors/obama')).mergedFrom.map(({ id }) => id)).toEqual(['b-obama']);
    expect(await desk.ask<ActorDetail>(before)).toEqual(told);
  });

  it('into one whom nobody has registered is unknown', async () => {
    const { desk } = await openMerged();
    await desk.registry('ActorMerged', { actorId: 'trump', into: 'nobody' });
    await desk.project();
    expect((await desk.refused('/v1/actors/trump')).code).toBe('unknown-actor');
  });
});

describe('a proposition', () => {
  it('tells its relations from both sides, and the number of each wording', async () => {
    const desk = await openDesk();
    for (const id of ['p', 'q', 'r']) await desk.proposition(id);
    await desk.revise('p', 'p, in other words');
    await desk.registry('PropositionRelated', { from: 'p', type: 'entails', to: 'q' });
    const last = await desk.registry('PropositionRelated', { from: 'r', type: 'narrows', to: 'p' });
    await desk.registry('PropositionRelated', { from: 'q', type: 'contradicts', to: 'r' });
    await desk.project();
    const ofP = await desk.ask<PropositionDetail>('/v1/propositions/p');
    expect(ofP.relations).toEqual([
      { type: 'entails', to: 'q' },
      { type: 'narrows', from: 'r' },
    ]);
    expect(ofP.versions.map(({ version, text }) => [version, text])).toEqual([
      [1, 'p'],
      [2, 'p, in other words'],
    ]);
    const ofR = await desk.ask<PropositionDetail>('/v1/propositions/r');
    expect(ofR.relations).toEqual([
      { type: 'narrows', to: 'p' },
      { type: 'contradicts', to: 'q' },
    ]);
    const before = await desk.ask<PropositionDetail>(`/v1/propositions/p?knownAt=${String(last - 1)}`);
    expect([before.relations, before.relationCount]).toEqual([[{ type: 'entails', to: 'q' }], 1]);
  });

  it('keeps to each statement the version that it was made about', async () => {
    const desk = await openDesk();
    await desk.actor('ann');
    const said = { holder: 'ann', proposition: 'p' };
    await desk.state('early', said);
    await desk.proposition('p');
    await desk.state('first', said);
    await desk.revise('p', 'in other words');
    await desk.state('second', { ...said, saidAt: '2024-05-02' });
    const corrected = { ...said, saidAt: '2024-05-03' };
    await desk.correct('first', corrected);
    await desk.project();
    const listed = await desk.ask<StatementList>('/v1/statements?holder=ann');
    const versionsOf = (items: readonly { readonly id: string; readonly propositionVersion?: number | undefined }[]) =>
      Object.fromEntries(items.map(({ id, propositionVersion }) => [id, propositionVersion]));
    const versions = { early: undefined, first: 1, second: 2 };
    expect(versionsOf(listed.items)).toEqual(versions);
    const { statements } = await desk.ask<HistoryAnswer>('/v1/histories/ann/p');
    expect(versionsOf(statements.items)).toEqual(versions);
    expect((await desk.ask<StatementDetail>('/v1/statements/first')).propositionVersion).toBe(1);
  });
});

describe('topics', () => {
  const openTopics = async () => {
    const desk = await openDesk();
    await desk.registry('TopicDefined', { topicId: 'war', name: 'War', aliases: ['Krieg und Frieden'] });
    await desk.registry('TopicDefined', { topicId: 'arms', name: 'Arms', parent: 'war' });
    await desk.registry('TopicDefined', { topicId: 'tanks', name: 'Tanks', parent: 'arms' });
    await desk.proposition('p', 'p', ['war', 'tanks']);
    await desk.proposition('q', 'q of words', ['tanks']);
    await desk.proposition('r', 'r', ['arms']);
    await desk.proposition('s', 's', ['weather']);
    await desk.project();
    return desk;
  };

  it('are listed with where they stand and what stands under them', async () => {
    const desk = await openTopics();
    const { items } = await desk.ask<TopicList>('/v1/topics');
    expect(items).toEqual([
      { id: 'war', name: 'War', aliases: ['Krieg und Frieden'], path: [], propositions: { direct: 1, total: 3 } },
      {
        id: 'arms',
        name: 'Arms',
        aliases: [],
        parent: 'war',
        path: [{ id: 'war', name: 'War' }],
        propositions: { direct: 1, total: 3 },
      },
      {
        id: 'tanks',
        name: 'Tanks',
        aliases: [],
        parent: 'arms',
        path: [
          { id: 'war', name: 'War' },
          { id: 'arms', name: 'Arms' },
        ],
        propositions: { direct: 2, total: 2 },
      },
      {
        id: 'weather',
        name: 'weather',
        aliases: [],
        undescribed: true,
        path: [],
        propositions: { direct: 1, total: 1 },
      },
    ]);
    expect(await desk.ask<TopicDetail>('/v1/topics/weather')).toMatchObject({ undescribed: true, children: [] });
    await desk.registry('TopicDefined', { topicId: 'weather', name: 'The weather' });
    await desk.project();
    expect(await desk.ask<TopicDetail>('/v1/topics/weather')).not.toHaveProperty('undescribed');
    expect(await desk.ask<TopicDetail>('/v1/topics/war')).toMatchObject({ children: [{ id: 'arms', name: 'Arms' }] });
  });

  it('are found by any of their names, page by page', async () => {
    const desk = await openTopics();
    expect(ids(await desk.ask<TopicList>('/v1/topics?q=frie+KRIEG'))).toEqual(['war']);
    expect(ids(await desk.ask<TopicList>('/v1/topics?q=!'))).toEqual([]);
    const first = await desk.ask<TopicList>('/v1/topics?limit=2');
    const second = await desk.ask<TopicList>(`/v1/topics?after=${String(first.next)}`);
    expect([ids(first), ids(second), second.next]).toEqual([['war', 'arms'], ['tanks', 'weather'], undefined]);
    expect(ids(await desk.ask<TopicList>('/v1/topics?q=weath'))).toEqual(['weather']);
    const lines = await desk.get('/v1/topics', { accept: 'application/x-ndjson' });
    expect(lines.text.trim().split('\n')).toHaveLength(4);
  });

  it('are what they were at an earlier position', async () => {
    const desk = await openTopics();
    const before = await desk.head();
    await desk.registry('TopicDefined', { topicId: 'arms', name: 'Weapons' });
    await desk.project();
    const asked = `/v1/topics/tanks?knownAt=${String(before)}`;
    expect((await desk.ask<TopicDetail>(asked)).path.map(({ name }) => name)).toEqual(['War', 'Arms']);
    expect((await desk.ask<TopicDetail>('/v1/topics/tanks')).path.map(({ name }) => name)).toEqual(['Weapons']);
    expect((await desk.refused('/v1/topics/war?knownAt=0')).code).toBe('unknown-topic');
  });

  it('pick the propositions under them and under what is below them', async () => {
    const desk = await openTopics();
    const under = async (query: string) => ids(await desk.ask<PropositionList>(`/v1/propositions?topic=${query}`));
    expect(await under('war')).toEqual(['p', 'q', 'r']);
    expect(await under('tanks')).toEqual(['p', 'q']);
    expect(await under('war&q=words')).toEqual(['q']);
    expect(await under('weather')).toEqual(['s']);
    for (const accept of ['application/json', 'application/x-ndjson']) {
      const { status, text } = await desk.get('/v1/propositions?topic=nothing', { accept });
      expect([status, text]).toEqual([404, expect.stringContaining('unknown-topic')]);
    }
  });

  it('that stand in a circle, by a log that nobody checked, are still answered', async () => {
    const desk = await openTopics();
    await desk.registry('TopicDefined', { topicId: 'war', name: 'War', parent: 'tanks' });
    await desk.project();
    const { path, propositions } = await desk.ask<TopicDetail>('/v1/topics/arms');
    expect(path.map(({ id }) => id)).toEqual(['arms', 'tanks', 'war']);
    expect(propositions.total).toBe(3);
  });
});
