import { describe, expect, it } from 'vitest';

import type { StatementsPage } from '../read-model.ts';
import { historyKey } from '../tables.ts';
import { openForTest } from './opened-read-model.ts';
import type { OpenReadModel } from './opened-read-model.ts';
import { historyRow, version } from './rows.ts';

const page: StatementsPage = {
  knownAt: 100,
  holders: null,
  proposition: null,
  from: null,
  to: null,
  at: null,
  after: null,
  limit: 100,
};

const positions = (rows: readonly { readonly position: number }[]): number[] => rows.map(({ position }) => position);

/** Of a1 on p1: corrected at 4, one retracted at 6, one never known; of a1 on p2 and a2 on p1 one each. */
const filled = async (open: OpenReadModel) => {
  const opened = await openForTest(open);
  await opened.write(9, {
    statements: [
      version({ position: 1, id: 'x', known_to: 4, ended_by: 'corrected' }),
      version({ position: 4, id: 'x', revision: 1, reason: 'misread', said_from: 12, said_to: 14 }),
      version({ position: 2, id: 'y', known_to: 6, ended_by: 'retracted' }),
      version({ position: 3, id: 'z', history: historyKey(1, 2), said_from: null, said_to: 20 }),
      version({ position: 5, id: 'w', history: historyKey(2, 1), said_from: 30, said_to: 30 }),
      version({ position: 7, id: 'v', known_to: 7, ended_by: 'replaced' }),
    ],
    retractions: [{ position: 6, id: 'y', revision: 1, recorded_at: 60, reason: 'never said' }],
    replacements: [
      { replaced: 'y', replaced_by: 'w', position: 8 },
      { replaced: 'v', replaced_by: 'z', position: 3 },
    ],
    histories: [historyRow(1, 1, 1, 7), historyRow(1, 2, 3, 3), historyRow(2, 1, 5, 5)],
    parked: [
      {
        position: 9,
        stream: 'statement-x',
        revision: 2,
        type: 'StatementCorrected',
        history: historyKey(1, 1),
        code: 'unknown-event-version',
        message: '',
        recorded_at: 9,
        replaces: null,
      },
    ],
  });
  return opened;
};

export const describeReadingStatements = (open: OpenReadModel): void => {
  describe('statements', () => {
    it('and names are found among any number of others', async () => {
      const { model } = await filled(open);
      const ids = [...Array.from({ length: 40_000 }, (_, index) => `none-${String(index)}`), 'x', 'y', 'v'];
      const numbers = Array.from({ length: 40_000 }, (_, index) => 40_001 - index);
      const keys = [...numbers.map((no) => historyKey(no, 2)), historyKey(1, 1)];
      await model.read(async (snapshot) => {
        expect(await snapshot.firstPositions(ids)).toEqual(
          new Map([
            ['x', 1],
            ['y', 2],
            ['v', 7],
          ]),
        );
        expect((await snapshot.knownStatements(ids, 100)).map(({ id }) => id)).toEqual(['x']);
        expect((await snapshot.replacements(ids, 100)).size).toBe(2);
        expect(await snapshot.incompleteHistories(keys, 100)).toEqual(new Set([historyKey(1, 1)]));
        await snapshot.actorIds(numbers);
        await snapshot.actorNames(numbers, 100);
        await snapshot.propositionIds(numbers);
        await snapshot.propositionTexts(numbers, 100);
        await snapshot.memberships({ actors: numbers, groups: numbers }, 100);
        await snapshot.relations(numbers, 100);
        await snapshot.relationsReached({ propositions: numbers, knownAt: 100, most: 100 });
      });
    });

    it('of an utterance are those that its holders made in it, known then', async () => {
      const { model, write } = await openForTest(open);
      const said = (position: number, history: number, content: object) =>
        version({ position, id: `s${position}`, history, body: JSON.stringify({ act: 'assert', ...content }) });
      await write(9, {
        statements: [
          said(1, historyKey(1, 1), { utteranceId: 'u' }),
          said(2, historyKey(1, 2), { utteranceId: 'u', quote: '"act":"disown"' }),
          said(3, historyKey(2, 1), { utteranceId: 'u' }),
          said(4, historyKey(1, 2), { utteranceId: 'U' }),
          said(5, historyKey(1, 2), { quote: '"utteranceId":"u"' }),
          said(6, historyKey(1, 1), { act: 'disown', utteranceId: 'u', disowns: { utteranceId: 'u' } }),
          { ...said(7, historyKey(1, 3), { utteranceId: 'u' }), known_to: 8, ended_by: 'retracted' },
          said(9, historyKey(1, 1), { utteranceId: 'a "%_\\' }),
        ],
      });
      await model.read(async (snapshot) => {
        const ask = async (utteranceId: string, holders: readonly number[], knownAt: number, limit = 100) =>
          positions(await snapshot.utterance({ utteranceId, holders, knownAt, limit }));
        expect(await ask('u', [1], 9)).toEqual([1, 2]);
        expect(await ask('u', [1], 7)).toEqual([1, 2, 7]);
        expect(await ask('u', [1, 2], 9)).toEqual([1, 2, 3]);
        expect(await ask('u', [1, 2], 9, 1)).toEqual([1]);
        expect(await ask('a "%_\\', [1], 9)).toEqual([9]);
      });
    });

    it('of a part of the log are all versions made there, and the retractions', async () => {
      const { model } = await filled(open);
      await model.read(async (snapshot) => {
        const made = async (after: number, upTo: number, limit = 10) =>
          positions(await snapshot.versionsMade({ after, upTo, limit }));
        expect(await made(0, 9)).toEqual([1, 2, 3, 4, 5, 7]);
        expect(await made(1, 4)).toEqual([2, 3, 4]);
        expect(await made(1, 4, 2)).toEqual([2, 3]);
        expect(await snapshot.retractionsMade({ after: 0, upTo: 9, limit: 10 })).toEqual([
          { position: 6, id: 'y', revision: 1, recordedAt: 60, reason: 'never said' },
        ]);
        expect(await snapshot.retractionsMade({ after: 6, upTo: 9, limit: 10 })).toEqual([]);
        expect(await snapshot.retractionsMade({ after: 0, upTo: 5, limit: 10 })).toEqual([]);
        const versions = await snapshot.versionsOf(['y', 'x', 'none']);
        expect(versions.map(({ id, revision }) => [id, revision])).toEqual([
          ['x', 0],
          ['x', 1],
          ['y', 0],
        ]);
      });
    });

    it('of histories are those known then, by history and position, page by page', async () => {
      const { model } = await filled(open);
      const histories = [historyKey(2, 1), historyKey(1, 1)];
      await model.read(async (snapshot) => {
        const known = async (knownAt: number) =>
          positions(await snapshot.historyStatements({ histories, knownAt, after: null, limit: 10 }));
        expect(await known(3)).toEqual([1, 2]);
        expect(await known(4)).toEqual([2, 4]);
        expect(await known(5)).toEqual([2, 4, 5]);
        expect(await known(7)).toEqual([4, 5]);
        const after = { history: historyKey(1, 1), position: 2 };
        expect(positions(await snapshot.historyStatements({ histories, knownAt: 5, after, limit: 1 }))).toEqual([4]);
      });
    });

    it('are listed by position, or by history and position under a holder or a proposition', async () => {
      const { model } = await filled(open);
      await model.read(async (snapshot) => {
        const list = async (asked: Partial<StatementsPage>) =>
          positions(await snapshot.statements({ ...page, ...asked }));
        expect(await list({})).toEqual([3, 4, 5]);
        expect(await list({ knownAt: 3 })).toEqual([1, 2, 3]);
        expect(await list({ holders: [1] })).toEqual([4, 3]);
        expect(await list({ proposition: 1 })).toEqual([4, 5]);
        expect(await list({ holders: [1], proposition: 2 })).toEqual([3]);
        expect(await list({ holders: [3] })).toEqual([]);
        expect(await list({ limit: 2 })).toEqual([3, 4]);
        expect(await list({ after: { history: historyKey(1, 1), position: 4 } })).toEqual([5]);
        expect(await list({ holders: [1], after: { history: historyKey(1, 1), position: 4 } })).toEqual([3]);
        expect(await list({ proposition: 1, after: { history: historyKey(1, 1), position: 4 } })).toEqual([5]);
      });
    });

    it('are found by the days they may have been said on', async () => {
      const { model } = await filled(open);
      await model.read(async (snapshot) => {
        const list = async (asked: Partial<StatementsPage>) =>
          positions(await snapshot.statements({ ...page, ...asked }));
        expect(await list({ from: 14 })).toEqual([3, 4, 5]);
        expect(await list({ from: 15 })).toEqual([3, 5]);
        expect(await list({ to: 12 })).toEqual([3, 4]);
        expect(await list({ to: 11 })).toEqual([3]);
        expect(await list({ from: 15, to: 29 })).toEqual([3]);
        expect(await list({ at: 14 })).toEqual([4]);
        expect(await list({ at: 13 })).toEqual([]);
      });
    });

    it('tell their versions, retraction and replacements as known then', async () => {
      const { model } = await filled(open);
      await model.read(async (snapshot) => {
        expect(await snapshot.statementVersions('x', 3)).toMatchObject([{ position: 1, revision: 0 }]);
        expect(await snapshot.statementVersions('x', 4)).toMatchObject([
          { position: 1, endedBy: 'corrected', knownTo: 4, reason: null },
          { position: 4, revision: 1, reason: 'misread', knownTo: null },
        ]);
        expect(await snapshot.retraction('y', 5)).toBeNull();
        expect(await snapshot.retraction('y', 6)).toEqual({
          position: 6,
          revision: 1,
          recordedAt: 60,
          reason: 'never said',
        });
        expect(await snapshot.replacements(['y', 'v'], 7)).toEqual(new Map([['v', ['z']]]));
        expect(await snapshot.replacements(['y'], 8)).toEqual(new Map([['y', ['w']]]));
        expect(positions(await snapshot.knownStatements(['x', 'y', 'v', 'none'], 6))).toEqual([4]);
        expect(await snapshot.knownStatements([], 6)).toEqual([]);
        expect(await snapshot.firstPositions(['x', 'z', 'none'])).toEqual(
          new Map([
            ['x', 1],
            ['z', 3],
          ]),
        );
      });
    });
  });

  describe('histories', () => {
    it('are listed by number, by holder and by proposition, once an event has touched them', async () => {
      const { model } = await filled(open);
      const list = { knownAt: 100, holder: null, proposition: null, after: null, limit: 10 };
      await model.read(async (snapshot) => {
        const found = async (asked: object) =>
          (await snapshot.histories({ ...list, ...asked })).map(({ history }) => history);
        expect(await found({})).toEqual([historyKey(1, 1), historyKey(1, 2), historyKey(2, 1)]);
        expect(await found({ knownAt: 3 })).toEqual([historyKey(1, 1), historyKey(1, 2)]);
        expect(await found({ holder: 1, after: historyKey(1, 1) })).toEqual([historyKey(1, 2)]);
        expect(await found({ proposition: 1, limit: 1 })).toEqual([historyKey(1, 1)]);
        expect(await found({ holder: 2, proposition: 1 })).toEqual([historyKey(2, 1)]);
      });
    });

    it('are found by when they were touched last, in that order', async () => {
      const { model } = await filled(open);
      await model.read(async (snapshot) => {
        const touched = async (lastPosition: number, asked: object = {}) => {
          const after = { lastPosition, history: Number.MAX_SAFE_INTEGER };
          const rows = await snapshot.historiesTouched({
            knownAt: 100,
            holder: null,
            proposition: null,
            after,
            limit: 10,
            ...asked,
          });
          return rows.map(({ history }) => history);
        };
        expect(await touched(0)).toEqual([historyKey(1, 2), historyKey(2, 1), historyKey(1, 1)]);
        expect(await touched(3)).toEqual([historyKey(2, 1), historyKey(1, 1)]);
        expect(await touched(0, { knownAt: 2 })).toEqual([historyKey(1, 1)]);
        expect(await touched(0, { holder: 1 })).toEqual([historyKey(1, 2), historyKey(1, 1)]);
        expect(await touched(0, { proposition: 1, limit: 1 })).toEqual([historyKey(2, 1)]);
      });
    });

    it('are incomplete from the position on at which an event of theirs was parked', async () => {
      const { model } = await filled(open);
      const all = [historyKey(1, 1), historyKey(1, 2)];
      await model.read(async (snapshot) => {
        expect(await snapshot.incompleteHistories(all, 8)).toEqual(new Set());
        expect(await snapshot.incompleteHistories(all, 9)).toEqual(new Set([historyKey(1, 1)]));
        expect(await snapshot.incompleteHistories([], 9)).toEqual(new Set());
        expect(await snapshot.parkedStreams()).toBe(1);
      });
    });

    it('are incomplete from the position on at which a statement of theirs would have been replaced', async () => {
      const { model, write } = await filled(open);
      const parked = {
        stream: 'statement-n',
        revision: 0,
        type: 'StatementMade',
        code: 'c',
        message: '',
        history: null,
      };
      await write(10, { parked: [{ ...parked, position: 10, recorded_at: 10, replaces: 'z' }] });
      const all = [historyKey(1, 2), historyKey(2, 1)];
      await model.read(async (snapshot) => {
        expect(await snapshot.incompleteHistories(all, 9)).toEqual(new Set());
        expect(await snapshot.incompleteHistories(all, 10)).toEqual(new Set([historyKey(1, 2)]));
      });
    });

    it('are incomplete where the rules failed on what touched them last', async () => {
      const { model, write } = await filled(open);
      await write(10, { histories: [{ ...historyRow(1, 2, 3, 10), failure: 'no such date' }] });
      await model.read(async (snapshot) => {
        expect(await snapshot.incompleteHistories([historyKey(1, 2)], 9)).toEqual(new Set());
        expect(await snapshot.incompleteHistories([historyKey(1, 2)], 10)).toEqual(new Set([historyKey(1, 2)]));
      });
    });
  });
};
