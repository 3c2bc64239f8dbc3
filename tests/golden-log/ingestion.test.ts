import { randomUUID } from 'node:crypto';

import { decodeEvent } from '@stance/contracts';
import type { ActorInput, PropositionInput, StanceEvent } from '@stance/contracts';
import { createIngestion } from '@stance/ingestion';
import type { Ingestion } from '@stance/ingestion';
import { describe, expect, it } from 'vitest';

import { goldenLog, lastOfVersion1, storeOf } from './golden-log.ts';

const now = Date.UTC(2025, 0, 1);
const context = { correlationId: 'again', recordedBy: 'desk' };

const open = async (upTo = goldenLog.length) => {
  const eventStore = await storeOf(goldenLog.slice(0, upTo));
  return { eventStore, ingestion: createIngestion({ eventStore, clock: () => now, newId: randomUUID }) };
};

/** What somebody had to say to write an event; `null` of what is written in passing. */
const saidAgain = (ingestion: Ingestion, event: StanceEvent): Promise<unknown> | null => {
  const { registry } = ingestion;
  switch (event.type) {
    case 'StatementMade': {
      const { statementId: id, statement: content } = event.data;
      return ingestion.recordStatements([{ id, content }], { context, createMissing: true }).then(([result]) => result);
    }
    case 'StatementCorrected': {
      const { statementId, reason, patch } = event.data;
      return ingestion.correctStatement(statementId, { reason, patch }, { context });
    }
    case 'StatementRetracted':
      return ingestion.retractStatement(event.data.statementId, event.data.reason, { context });
    case 'ActorRegistered': {
      const { actorId, inPassing, ...actor } = event.data;
      return inPassing ? null : ingestion.putActor(actorId, actor as ActorInput, context);
    }
    case 'ActorRevised': {
      const { actorId, ...actor } = event.data;
      return ingestion.putActor(actorId, actor as ActorInput, context);
    }
    case 'ActorAliasAdded':
      return ingestion.addAlias(event.data.actorId, event.data.alias, context);
    case 'PropositionDefined': {
      const { propositionId, inPassing, ...proposition } = event.data;
      return inPassing ? null : ingestion.putProposition(propositionId, proposition, context);
    }
    case 'PropositionRevised': {
      const { propositionId, reason: _, ...proposition } = event.data;
      return ingestion.putProposition(propositionId, proposition, context);
    }
    case 'ActorMerged': {
      const { actorId, ...merge } = event.data;
      return registry.merge(actorId, merge, context);
    }
    case 'ActorUnmerged':
      return registry.unmerge(event.data.actorId, event.data.reason, context);
    case 'MembershipRecorded': {
      const { actorId, ...membership } = event.data;
      return registry.addMembership(actorId, membership, context);
    }
    case 'PropositionRelated': {
      const { from, ...relation } = event.data;
      return registry.relate(from, relation, context);
    }
    case 'TopicDefined': {
      const { topicId, ...topic } = event.data;
      return registry.putTopic(topicId, topic, context);
    }
    // An operator's word, not a writer's.
    case 'EventSkipped':
      return null;
  }
};

/** What of an event a later one takes the place of: to say it again would be news. `null` where nothing ever does. */
const placeOf = (event: StanceEvent): string | null => {
  switch (event.type) {
    case 'ActorRegistered':
    case 'ActorRevised':
      return `actor ${event.data.actorId}`;
    case 'PropositionDefined':
    case 'PropositionRevised':
      return `proposition ${event.data.propositionId}`;
    case 'ActorMerged':
    case 'ActorUnmerged':
      return `merge of ${event.data.actorId}`;
    case 'TopicDefined':
      return `topic ${event.data.topicId}`;
    case 'StatementMade':
    case 'StatementCorrected':
    case 'StatementRetracted':
    case 'ActorAliasAdded':
    case 'MembershipRecorded':
    case 'PropositionRelated':
    case 'EventSkipped':
      return null;
  }
};

const standing = (events: readonly StanceEvent[]): StanceEvent[] =>
  events.filter((event, index) => {
    const place = placeOf(event);
    return place === null || !events.slice(index + 1).some((later) => placeOf(later) === place);
  });

describe('ingestion, on a log that was written in older versions', () => {
  it.each([
    ['all of it', goldenLog.length],
    ['what was written before there was a version 2', lastOfVersion1],
  ])(
    'answers what is said again as a duplicate of the event that says it, and writes nothing: %s',
    async (_what, upTo) => {
      const { eventStore, ingestion } = await open(upTo);
      const answers: unknown[] = [];
      const expected: unknown[] = [];
      for (const event of standing(goldenLog.slice(0, upTo).map(decodeEvent))) {
        const answer = saidAgain(ingestion, event);
        if (answer === null) continue;
        const { stream, revision, position } = event;
        answers.push(await answer);
        expected.push(expect.objectContaining({ outcome: 'duplicate', stream, revision, position }));
      }
      expect(answers).toEqual(expected);
      expect(await eventStore.head()).toBe(upTo);
    },
  );

  it('knows every actor and proposition that was ever registered, in passing or not', async () => {
    const { eventStore, ingestion } = await open();
    const events = goldenLog.map(decodeEvent);
    const holders = events.flatMap((event) => (event.type === 'ActorRegistered' ? [event.data.actorId] : []));
    const propositions = events.flatMap((event) =>
      event.type === 'PropositionDefined' ? [event.data.propositionId] : [],
    );
    const submissions = holders.flatMap((holder) =>
      propositions.map((proposition) => {
        const content = { holder, proposition, direction: 'unclear', act: 'assert', authority: 'self' } as const;
        return { id: `new:${holder}:${proposition}`, content: { ...content, saidAt: '2024-12-01' } };
      }),
    );
    const results = await ingestion.recordStatements(submissions, { context, createMissing: false });
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']));
    expect(await eventStore.head()).toBe(goldenLog.length + submissions.length);
  });

  it('writes in the newest version what is news, after what is old', async () => {
    const { eventStore, ingestion } = await open(lastOfVersion1);
    await ingestion.correctStatement('s-1', { reason: 'heard once more', patch: { strength: 0.2 } }, { context });
    await ingestion.addAlias('ada-moreau', { name: 'The Iron Mayor' }, context);
    await ingestion.registry.relate('bridge', { type: 'narrows', to: 'bridge-toll' }, context);
    const { events } = await eventStore.readAll({ after: lastOfVersion1, limit: 10 });
    expect(events.map(({ stream, revision, schemaVersion }) => [stream, revision, schemaVersion])).toEqual([
      ['statement-s-1', 2, 2],
      ['actor-ada-moreau', 2, 2],
      ['registry', 8, 2],
    ]);
  });

  it('refuses what contradicts what is old', async () => {
    const { ingestion } = await open();
    const codes: string[] = [];
    for (const refused of [
      ingestion.registry.relate('bridge', { type: 'narrows', to: 'bridge-by-2030' }, context),
      ingestion.registry.relate('bridge', { type: 'entails', to: 'bridge-toll' }, context),
      ingestion.registry.relate('ferry', { type: 'entails', to: 'tunnel' }, context),
    ]) {
      codes.push(
        await refused.then(
          () => 'accepted',
          (error: unknown) => (error as { code: string }).code,
        ),
      );
    }
    expect(codes).toEqual(['relation-cycle', 'relation-conflict', 'relation-conflict']);
  });

  it('says what it replaces, and of what was only named in passing nothing', async () => {
    const wording = (text: string): PropositionInput => ({ text });
    const early = await open(16);
    const named = await early.ingestion.putProposition('bridge-toll', wording('There should be a toll'), context);
    expect(named).not.toHaveProperty('replaced');
    const someone = await early.ingestion.putActor('t-rill', { name: 'T. Rill', kind: 'person' }, context);
    expect(someone).not.toHaveProperty('replaced');
    const worded = await early.ingestion.putProposition('bridge-by-2030', wording('By 2030'), context);
    expect(worded.replaced).toEqual({
      text: 'The old bridge should be torn down by 2030',
      topics: ['bridges'],
      language: 'en',
    });
    const late = await open();
    const again = await late.ingestion.putActor('nora-quist', { name: 'Nora Quist', kind: 'person' }, context);
    expect(again.replaced).toEqual({ name: 'Nora Quist', kind: 'person', description: 'Speaks for the merchants.' });
  });
});
