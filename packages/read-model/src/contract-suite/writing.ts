import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { changeNo, historyKey } from '../tables.ts';
import type { ReadModelWriter, WriteBatch } from '../writer.ts';

export interface OpenedReadModelWriter {
  readonly writer: ReadModelWriter;
  /** Opens the same read model once more. */
  reopen(): Promise<ReadModelWriter>;
  /** Closes what is open and removes it. */
  dispose(): Promise<void>;
}

const history = historyKey(1, 1);
const nothing = { remove: {}, update: [], insert: {}, add: {}, put: {} };
const batch = (given: Partial<WriteBatch>): WriteBatch => ({
  after: 0,
  position: 3,
  recordedAt: 1000,
  ...nothing,
  ...given,
});

const statementRow = (position: number, id: string, revision: number, body: string) =>
  [position, id, revision, history, 1000, null, null, 10, 10, null, body] as const;
const changeRow = (opened: number, body: string) =>
  [changeNo(opened, 0), history, 0, opened, 10, 'first', 'confirmed', body] as const;

/** A read model with one statement, one history and one change. */
const filled = batch({
  insert: {
    actors: [[1, 'ann']],
    actor_versions: [[1, 1, 0, null, 'Ann', 'person', '{"added":[]}']],
    actor_names: [[1, 0, 1, null, 'Ann', null, null, null]],
    propositions: [[1, 'p1']],
    proposition_versions: [[2, 1, 0, null, 'Trainers', '{"topics":[]}']],
    statements: [statementRow(3, 's1', 0, '{"n":1}')],
  },
  put: { histories: [[3, history, 1, 3, 3, null, '[]']], changes: [changeRow(3, '{"c":1}')] },
});

/** What every writer of a read model promises; `open` makes an empty read model. */
export const describeReadModelWriterContract = (name: string, open: () => Promise<OpenedReadModelWriter>): void => {
  describe(`the writer of a read model: ${name}`, () => {
    let opened: OpenedReadModelWriter;
    let writer: ReadModelWriter;

    beforeEach(async () => {
      opened = await open();
      ({ writer } = opened);
    });

    afterEach(() => opened.dispose());

    it('starts at position 0 with a generation of its own, and nothing in it', async () => {
      const checkpoint = await writer.checkpoint();
      expect(checkpoint).toMatchObject({ position: 0, recordedAt: 0 });
      expect(checkpoint.generation).not.toBe('');
      expect(await writer.numbers()).toEqual({ actors: 0, propositions: 0 });
      expect(await writer.parkedStreams()).toEqual([]);
      expect(await writer.actors(['ann'])).toEqual(new Map());
      expect(await writer.statements(['s1', 'no\0id'])).toEqual(new Map());
      expect(await writer.histories([history])).toEqual(new Map());
    });

    it('gives back what was written, under the checkpoint that came with it', async () => {
      await writer.commit(filled);
      const again = await opened.reopen();
      expect(await again.checkpoint()).toMatchObject({ position: 3, recordedAt: 1000 });
      expect(await again.numbers()).toEqual({ actors: 1, propositions: 1 });
      expect(await again.actors(['ann', 'bob'])).toEqual(
        new Map([['ann', { no: 1, version: { position: 1, revision: 0, body: '{"added":[]}' } }]]),
      );
      expect(await again.propositions(['p1'])).toEqual(
        new Map([['p1', { no: 1, version: { position: 2, revision: 0, body: '{"topics":[]}' } }]]),
      );
      expect(await again.knownNames(1)).toEqual([{ position: 1, at: 0 }]);
      expect(await again.statements(['s1'])).toEqual(
        new Map([['s1', { firstPosition: 3, position: 3, revision: 0, history, known: true, retracted: false }]]),
      );
      expect(await again.histories([history])).toEqual(
        new Map([[history, { no: 3, firstPosition: 3, lastPosition: 3, tail: '[]', failure: null }]]),
      );
      expect(await again.knownVersions(history)).toEqual([
        { id: 's1', position: 3, firstPosition: 3, recordedAt: 1000, body: '{"n":1}' },
      ]);
      expect(await again.changes(history)).toMatchObject([{ track: 0, opened: 3, body: '{"c":1}' }]);
    });

    it('names the last event that it has passed, also where what came after it held no events', async () => {
      expect(await writer.lastEvent()).toBeNull();
      const lastEvent = { id: 'e3', stream: 'statement-s1', revision: 0 };
      await writer.commit({ ...filled, lastEvent });
      await writer.commit(batch({ after: 3, position: 9 }));
      expect(await (await opened.reopen()).lastEvent()).toEqual(lastEvent);
    });

    it('knows the last version of a statement, and that it was retracted', async () => {
      await writer.commit(filled);
      const correction = batch({
        after: 3,
        position: 5,
        update: [{ table: 'statements', set: ['known_to', 'ended_by'], rows: [[4, 'corrected', 3]] }],
        insert: {
          statements: [[4, 's1', 1, history, 1000, 5, 'retracted', 10, 10, 'misread', '{"n":2}']],
          retractions: [[5, 's1', 2, 1000, 'never said']],
        },
      });
      await writer.commit(correction);
      expect(await writer.statements(['s1'])).toEqual(
        new Map([['s1', { firstPosition: 3, position: 4, revision: 2, history, known: false, retracted: true }]]),
      );
      expect(await writer.knownVersions(history)).toEqual([]);
    });

    it('puts a row in the place of the one with its key, and removes one by its key', async () => {
      await writer.commit(filled);
      await writer.commit(
        batch({
          after: 3,
          position: 4,
          remove: { changes: [[changeNo(99, 0)]] },
          put: { changes: [changeRow(3, '{"c":2}')], histories: [[3, history, 1, 3, 4, null, '[1]']] },
        }),
      );
      expect(await writer.changes(history)).toMatchObject([{ body: '{"c":2}' }]);
      expect((await writer.histories([history])).get(history)).toMatchObject({ lastPosition: 4, tail: '[1]' });
      await writer.commit(batch({ after: 4, position: 5, remove: { changes: [[changeNo(3, 0)]] } }));
      expect(await writer.changes(history)).toEqual([]);
    });

    it('leaves a row that is added a second time as it was', async () => {
      const add = { replacements: [['s1', 's2', 7]], search_words: [['a', 'ann', 1]] } as const;
      await writer.commit(batch({ add }));
      await writer.commit(batch({ after: 3, position: 4, add }));
      expect(await writer.replaced(['s1', 's2'])).toEqual(new Set(['s1']));
    });

    it('tells what is parked, what is skipped, and where each history began', async () => {
      const parked = (position: number, revision: number): (string | number | null)[] => [
        position,
        'statement-s9',
        revision,
        'StatementMade',
        history,
        'unknown-event-version',
        'of tomorrow',
        position,
        null,
        `e${String(position)}`,
        9,
        '{}',
        null,
      ];
      const other = historyKey(1, 2);
      await writer.commit({
        ...filled,
        insert: {
          ...filled.insert,
          parked: [parked(2, 1), parked(1, 0)],
          skipped: [[2, 'statement-s8', 3, other, 'e2', 1, 3, 'broken']],
        },
      });
      expect(await writer.parkedEvents('statement-s9')).toEqual(
        [1, 2].map((position) => ({
          position,
          revision: position - 1,
          eventId: `e${String(position)}`,
          type: 'StatementMade',
          code: 'unknown-event-version',
          message: 'of tomorrow',
          history,
          recordedAt: position,
        })),
      );
      expect(await writer.parkedEvents('statement-s1')).toEqual([]);
      expect(await writer.skips()).toEqual([{ stream: 'statement-s8', revision: 3, wholeStream: true }]);
      expect(await writer.beginnings([1, 2])).toEqual(
        new Map([
          [history, 1],
          [other, 2],
        ]),
      );
    });

    it('tells what the known-intervals of statements follow from, also of one that nobody made yet', async () => {
      await writer.commit({
        ...filled,
        add: {
          replacements: [
            ['s1', 's2', 3],
            ['s1', 's3', 2],
            ['s7', 's2', 3],
          ],
        },
      });
      expect(await writer.statementSpans(['s1', 's7'])).toEqual(
        new Map([
          [
            's1',
            { versions: [expect.objectContaining({ position: 3, knownTo: null })], retractedAt: null, replacedAt: 2 },
          ],
          ['s7', { versions: [], retractedAt: null, replacedAt: 3 }],
        ]),
      );
    });

    it('takes on another generation with a batch, and refuses who still knows the one before', async () => {
      await writer.commit(filled);
      const before = await opened.reopen();
      const known = await before.checkpoint();
      await writer.commit(batch({ after: 3, position: 3, generation: 'another' }));
      expect(await writer.checkpoint()).toMatchObject({ position: 3, generation: 'another' });
      await writer.commit(batch({ after: 3, position: 4 }));
      expect(known.generation).not.toBe('another');
      await expect(before.commit(batch({ after: 4, position: 5 }))).rejects.toMatchObject({
        code: 'checkpoint-conflict',
      });
    });

    it('tells the merges, memberships and topics that are known now, and how far the registry was applied', async () => {
      const insert = {
        actors: [
          [2, 'bob'],
          [3, 'cem'],
        ],
        merges: [
          [4, 1, 2, 6, 'one person'],
          [5, 2, 3, null, null],
        ],
        memberships: [
          [7, 1, 3, 'chair', '2015', null, null, 8],
          [8, 1, 3, 'chair', '2015', '2020', 2, null],
          [9, 2, 3, null, null, null, null, null],
        ],
        topics: [
          [10, 'war', 'War', null, 11, '{}'],
          [11, 'war', 'Wars', null, null, '{}'],
        ],
      } as const;
      expect(await writer.appliedRevision('registry')).toBe(-1);
      await writer.commit(batch({ insert, put: { applied_streams: [['registry', 7]] } }));
      expect(await writer.appliedRevision('registry')).toBe(7);
      expect(await writer.merges()).toEqual([{ position: 5, actor: 2, into: 3, ids: { actor: 'bob', into: 'cem' } }]);
      expect(await writer.memberships([1])).toEqual([
        { position: 8, actor: 1, group: 3, role: 'chair', validFrom: '2015' },
      ]);
      expect(await writer.memberships([2, 3])).toEqual([
        { position: 9, actor: 2, group: 3, role: null, validFrom: null },
      ]);
      expect(await writer.topics(['war', 'peace'])).toEqual(new Map([['war', 11]]));
    });

    it('lists the streams with parked events, each once', async () => {
      const parked = [4, 5].map(
        (at) =>
          [at, 'statement-x', at - 4, 'StatementMade', null, 'code', 'why', 1000, null, 'e', 1, '{}', null] as const,
      );
      await writer.commit(batch({ insert: { parked } }));
      expect(await writer.parkedStreams()).toEqual(['statement-x']);
    });

    it('writes nothing where the checkpoint is elsewhere', async () => {
      await writer.commit(filled);
      const second = batch({ position: 9, insert: { actors: [[2, 'bob']] } });
      await expect(writer.commit(second)).rejects.toMatchObject({ code: 'checkpoint-conflict', retryable: false });
      expect(await writer.checkpoint()).toMatchObject({ position: 3 });
      expect(await writer.actors(['bob'])).toEqual(new Map());
    });

    it('writes all of a batch or nothing', async () => {
      await writer.commit(filled);
      const broken = batch({
        after: 3,
        position: 4,
        insert: {
          actors: [
            [2, 'bob'],
            [1, 'again'],
          ],
        },
      });
      await expect(writer.commit(broken)).rejects.toThrow(/constraint/i);
      expect(await writer.checkpoint()).toMatchObject({ position: 3 });
      expect(await writer.actors(['bob'])).toEqual(new Map());
    });

    it('is closed for good', async () => {
      await writer.close();
      await expect(writer.checkpoint()).rejects.toMatchObject({ code: 'read-model-closed' });
    });
  });
};
