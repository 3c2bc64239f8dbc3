import { describe, expect, it } from 'vitest';

import { bench, context, problemOf, submission } from './harness.ts';

const macron = { name: 'Emmanuel Macron', kind: 'person' } as const;

describe('actors', () => {
  it('are registered, found unchanged, and revised', async () => {
    const { ingestion, events } = await bench();
    const put = (actor: Parameters<typeof ingestion.putActor>[1]) => ingestion.putActor('macron', actor, context);
    expect(await put(macron)).toEqual({ outcome: 'accepted', stream: 'actor-macron', revision: 0, position: 4 });
    expect(await put({ kind: 'person', name: 'Emmanuel Macron' })).toEqual({
      outcome: 'duplicate',
      stream: 'actor-macron',
      revision: 0,
      position: 4,
    });
    expect(await put({ ...macron, description: 'President' })).toEqual({
      outcome: 'accepted',
      stream: 'actor-macron',
      revision: 1,
      position: 5,
      replaced: macron,
    });
    expect((await events()).slice(3).map(({ type }) => type)).toEqual(['ActorRegistered', 'ActorRevised']);
  });

  it('go back to what they were before', async () => {
    const { ingestion } = await bench();
    await ingestion.putActor('macron', macron, context);
    await ingestion.putActor('macron', { ...macron, name: 'E. Macron' }, context);
    expect(await ingestion.putActor('macron', macron, context)).toMatchObject({ outcome: 'accepted', revision: 2 });
  });

  it('that were registered in passing are revised', async () => {
    const { ingestion, record } = await bench();
    await record([submission({ holder: 'macron' })], true);
    expect(await ingestion.putActor('macron', macron, context)).toEqual({
      outcome: 'accepted',
      stream: 'actor-macron',
      revision: 1,
      position: 6,
    });
  });

  it('get aliases one by one, each once', async () => {
    const { ingestion } = await bench();
    const alias = { name: 'French Republic', from: '1958-10-05' };
    expect(await ingestion.addAlias('france', alias, context)).toMatchObject({
      outcome: 'accepted',
      revision: 1,
      position: 4,
    });
    expect(await ingestion.addAlias('france', alias, context)).toMatchObject({
      outcome: 'duplicate',
      revision: 1,
      position: 4,
    });
    expect(await ingestion.addAlias('france', { name: alias.name }, context)).toMatchObject({
      outcome: 'accepted',
      revision: 2,
    });
    expect((await problemOf(ingestion.addAlias('nobody', alias, context))).code).toBe('unknown-actor');
  });

  it('know an alias that their description names', async () => {
    const { ingestion } = await bench();
    const alias = { name: 'Jupiter' };
    await ingestion.putActor('macron', { ...macron, aliases: [alias] }, context);
    expect(await ingestion.addAlias('macron', alias, context)).toMatchObject({ outcome: 'duplicate', revision: 0 });
  });

  it('lose nothing in a race', async () => {
    const { ingestion, events } = await bench();
    const names = ['a', 'b', 'c', 'd', 'e'];
    await Promise.all(names.map((name) => ingestion.addAlias('france', { name }, context)));
    const added = (await events()).flatMap((event) =>
      event.type === 'ActorAliasAdded' ? [event.data.alias.name] : [],
    );
    expect(added.sort()).toEqual(names);
  });
});

describe('propositions', () => {
  it('are defined, found unchanged, and revised', async () => {
    const { ingestion, events } = await bench();
    const put = (proposition: Parameters<typeof ingestion.putProposition>[1]) =>
      ingestion.putProposition('p', proposition, context);
    expect(await put({ text: 'One.', topics: ['t'] })).toEqual({
      outcome: 'accepted',
      stream: 'proposition-p',
      revision: 0,
      position: 4,
    });
    expect(await put({ topics: ['t'], text: 'One.' })).toMatchObject({
      outcome: 'duplicate',
      revision: 0,
      position: 4,
    });
    expect(await put({ text: 'Two.' })).toMatchObject({
      outcome: 'accepted',
      revision: 1,
      replaced: { text: 'One.', topics: ['t'] },
    });
    expect((await events()).slice(3).map(({ type }) => type)).toEqual(['PropositionDefined', 'PropositionRevised']);
  });

  it('get a new wording, and keep topics and language', async () => {
    const { ingestion, events } = await bench();
    await ingestion.putProposition('p', { text: 'One.', topics: ['t'], language: 'en' }, context);
    expect(await ingestion.reviseProposition('p', { text: 'Two.', reason: 'clearer' }, context)).toMatchObject({
      outcome: 'accepted',
      revision: 1,
    });
    expect(await ingestion.reviseProposition('p', { text: 'Two.', reason: 'again' }, context)).toMatchObject({
      outcome: 'duplicate',
      revision: 1,
    });
    expect((await events()).at(-1)?.data).toEqual({
      propositionId: 'p',
      text: 'Two.',
      topics: ['t'],
      language: 'en',
      reason: 'clearer',
    });
    expect((await problemOf(ingestion.reviseProposition('q', { text: 'x' }, context))).code).toBe(
      'unknown-proposition',
    );
  });
});
