import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { bench, context, problemOf, submission } from './harness.ts';
import type { Bench } from './harness.ts';

const kinds = [
  ['a version that is newer', { type: 'StatementMade', schemaVersion: 99 }],
  ['a type that is newer', { type: 'StarsAligned', schemaVersion: 1 }],
] as const;

describe.each(kinds)('what a newer version has written, in %s', (_what, written) => {
  /** Appends to the end of a stream what a newer version may write. */
  const appendTo = async ({ eventStore }: Bench, stream: string): Promise<void> => {
    const expectedRevision = (await eventStore.readStream(stream)).length - 1;
    const event = { id: randomUUID(), ...written, data: JSON.stringify({ statementId: 'newer' }), metadata: context };
    await eventStore.append([{ stream, expectedRevision, events: [event] }]);
  };

  it('fails the one statement that meets it, and no other of the batch', async () => {
    const opened = await bench();
    const { record, eventStore } = opened;
    await record([submission({ id: 'a' }), submission({ id: 'old' })]);
    await appendTo(opened, 'statement-newer');
    await appendTo(opened, 'statement-old');
    const head = await eventStore.head();
    const results = await record(['a', 'newer', 'old', 'b'].map((id) => submission({ id })));
    expect(results.map(({ outcome }) => outcome)).toEqual(['duplicate', 'rejected', 'rejected', 'accepted']);
    for (const [place, stream] of [
      [1, 'statement-newer'],
      [2, 'statement-old'],
    ] as const) {
      expect(results[place]).toMatchObject({
        error: { code: 'stream-unreadable', retryable: false, detail: expect.stringContaining(stream) },
      });
    }
    expect(await eventStore.head()).toBe(head + 1);
  });

  it.each([
    ['at the start of a stream', 'newer'],
    ['in the middle of one', 'france'],
  ])('is named to whoever would write after it, %s, and stays the last', async (_where, id) => {
    const opened = await bench();
    const { ingestion, eventStore, record } = opened;
    if (id === 'france') {
      await record([submission({ id })]);
      await ingestion.putProposition(id, { text: 'F' }, context);
      await ingestion.registry.merge('germany', { into: 'france' }, context);
    }
    for (const stream of [`statement-${id}`, `actor-${id}`, `proposition-${id}`, 'registry']) {
      await appendTo(opened, stream);
    }
    const head = await eventStore.head();
    const { registry } = ingestion;
    const calls = {
      correction: ingestion.correctStatement(id, { reason: 'x', patch: { direction: 'oppose' } }, { context }),
      retraction: ingestion.retractStatement(id, 'x', { context }),
      actor: ingestion.putActor(id, { name: 'N', kind: 'person' }, context),
      alias: ingestion.addAlias(id, { name: 'N' }, context),
      proposition: ingestion.putProposition(id, { text: 'N' }, context),
      revision: ingestion.reviseProposition(id, { text: 'N' }, context),
      topic: registry.putTopic('t', { name: 'T' }, context),
      merge: registry.merge('germany', { into: 'france' }, context),
      unmerge: registry.unmerge('germany', undefined, context),
      membership: registry.addMembership('germany', { group: 'france' }, context),
      relation: registry.relate('trainers', { type: 'narrows', to: id === 'france' ? id : 'newer' }, context),
    };
    for (const [call, answer] of Object.entries(calls)) {
      expect([call, (await problemOf(answer)).code]).toEqual([call, 'stream-unreadable']);
    }
    expect(await eventStore.head()).toBe(head);
  });

  it('registers whom it is about: statements may name them', async () => {
    const opened = await bench();
    await appendTo(opened, 'actor-newer');
    await appendTo(opened, 'proposition-newer');
    const [result] = await opened.record([submission({ holder: 'newer', proposition: 'newer' })]);
    expect(result).toMatchObject({ outcome: 'accepted' });
  });

  it('in the registry fails a disowning of what stands under another name, and nothing else of the batch', async () => {
    const opened = await bench();
    const { record } = opened;
    await record([submission()]);
    await appendTo(opened, 'registry');
    const disowning = (id: string, holder: string) =>
      submission({ id, holder, act: 'disown', direction: undefined, disowns: { statementId: 'v1' } });
    const results = await record([disowning('own', 'france'), disowning('other', 'germany'), submission({ id: 'b' })]);
    expect(results).toMatchObject([
      { outcome: 'accepted' },
      { outcome: 'rejected', error: { code: 'stream-unreadable', retryable: false } },
      { outcome: 'accepted' },
    ]);
  });
});
