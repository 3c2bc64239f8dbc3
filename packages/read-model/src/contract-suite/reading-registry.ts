import { describe, expect, it } from 'vitest';

import { openForTest } from './opened-read-model.ts';
import type { OpenReadModel } from './opened-read-model.ts';
import { propositionRow, wording } from './rows.ts';

const membership = { role: null, valid_from: null, valid_to: null, on_behalf_of: null, known_to: null };

const filled = async (open: OpenReadModel) => {
  const opened = await openForTest(open);
  const under = (position: number, topic: string, proposition: number, ended: number | null = null) => ({
    position,
    topic,
    proposition,
    known_to: ended,
  });
  await opened.write(20, {
    merges: [
      { position: 3, actor: 1, into_actor: 2, known_to: 6, reason: 'one person' },
      { position: 4, actor: 2, into_actor: 3, known_to: null, reason: null },
    ],
    memberships: [
      { ...membership, position: 5, actor: 1, group_no: 9, role: 'chair', valid_from: '2015', known_to: 7 },
      { ...membership, position: 7, actor: 1, group_no: 9, role: 'chair', valid_from: '2015', valid_to: '2020' },
      { ...membership, position: 8, actor: 9, group_no: 8, on_behalf_of: 1 },
    ],
    relations: [
      { position: 9, proposition: 1, type: 'entails', related: 2, known_to: null },
      { position: 10, proposition: 2, type: 'contradicts', related: 3, known_to: null },
      { position: 11, proposition: 1, type: 'narrows', related: 3, known_to: 12 },
    ],
    topics: [
      { position: 13, id: 'war', name: 'War', parent: null, known_to: 15, body: '{"aliases":[]}' },
      { position: 14, id: 'tanks', name: 'Tanks', parent: 'war', known_to: null, body: '{"aliases":["Panzer"]}' },
      { position: 15, id: 'war', name: 'Wars', parent: null, known_to: null, body: '{"aliases":[]}' },
    ],
    propositions: [1, 2, 3].map((no) => propositionRow(no)),
    proposition_versions: [
      wording({ position: 16, proposition: 1 }),
      wording({ position: 17, proposition: 2, known_to: 19 }),
      wording({ position: 18, proposition: 3 }),
      wording({ position: 19, proposition: 2, revision: 1, text: 'Tanks' }),
    ],
    proposition_topics: [
      under(16, 'war', 1),
      under(17, 'war', 2, 19),
      under(17, 'tanks', 2, 19),
      under(19, 'tanks', 2),
    ],
    search_words: [1, 2, 3].map((no) => ({ kind: 'p', word: no === 2 ? 'tanks' : 'taxes', no })),
  });
  return opened;
};

const places = (rows: readonly { readonly position: number }[]): number[] => rows.map(({ position }) => position);

export const describeReadingRegistry = (open: OpenReadModel): void => {
  describe('the registry', () => {
    it('tells the merges that hold at a position', async () => {
      const { model } = await filled(open);
      await model.read(async (snapshot) => {
        expect(await snapshot.merges(2)).toEqual([]);
        expect(await snapshot.merges(5)).toEqual([
          { position: 3, actor: 1, into: 2, reason: 'one person' },
          { position: 4, actor: 2, into: 3, reason: null },
        ]);
        expect(places(await snapshot.merges(6))).toEqual([4]);
      });
    });

    it('tells memberships by actor, by group, or by either, each once', async () => {
      const { model } = await filled(open);
      await model.read(async (snapshot) => {
        expect(await snapshot.memberships({ actors: [1] }, 7)).toEqual([
          {
            position: 7,
            actor: 1,
            group: 9,
            role: 'chair',
            validFrom: '2015',
            validTo: '2020',
            onBehalfOf: null,
          },
        ]);
        expect(places(await snapshot.memberships({ groups: [9] }, 6))).toEqual([5]);
        expect(places(await snapshot.memberships({ actors: [1, 9], groups: [9] }, 20))).toEqual([7, 8]);
        expect(await snapshot.memberships({ groups: [8] }, 20)).toMatchObject([{ actor: 9, onBehalfOf: 1 }]);
        expect(await snapshot.memberships({}, 20)).toEqual([]);
      });
    });

    it('tells relations from both their sides', async () => {
      const { model } = await filled(open);
      await model.read(async (snapshot) => {
        expect(await snapshot.relations([2], 20)).toEqual([
          { position: 9, proposition: 1, type: 'entails', related: 2 },
          { position: 10, proposition: 2, type: 'contradicts', related: 3 },
        ]);
        expect(places(await snapshot.relations([1, 3], 11))).toEqual([9, 10, 11]);
        expect(places(await snapshot.relations([1, 3], 12))).toEqual([9, 10]);
        expect(await snapshot.relations([], 20)).toEqual([]);
      });
    });

    it('tells relations that are reached over others, whichever way those go', async () => {
      const { model } = await filled(open);
      await model.read(async (snapshot) => {
        const reached = async (propositions: readonly number[], knownAt: number, most = 100) =>
          places(await snapshot.relationsReached({ propositions, knownAt, most }));
        for (const from of [1, 2, 3]) expect(await reached([from], 12)).toEqual([9, 10]);
        expect(await reached([1], 9)).toEqual([9]);
        expect(await reached([3], 9)).toEqual([]);
        expect(await reached([1, 3], 11)).toEqual([9, 10, 11]);
        expect(await reached([1], 12, 1)).toEqual([9]);
        expect(await reached([], 20)).toEqual([]);
      });
    });

    it('tells topics, and what stands under them', async () => {
      const { model } = await filled(open);
      await model.read(async (snapshot) => {
        expect(await snapshot.topics(14)).toMatchObject([{ id: 'war', name: 'War', parent: null }, { id: 'tanks' }]);
        expect(await snapshot.topics(15)).toEqual([
          { position: 14, id: 'tanks', name: 'Tanks', parent: 'war', body: '{"aliases":["Panzer"]}' },
          { position: 15, id: 'war', name: 'Wars', parent: null, body: '{"aliases":[]}' },
        ]);
        expect(await snapshot.propositionCount(['war', 'tanks'], 18)).toBe(2);
        expect(await snapshot.propositionCount(['war'], 20)).toBe(1);
        expect(await snapshot.propositionCount([], 20)).toBe(0);
        expect(await snapshot.usedTopics(0)).toEqual([]);
        expect(await snapshot.usedTopics(16)).toEqual(['war']);
        expect(await snapshot.usedTopics(20)).toEqual(['tanks', 'war']);
      });
    });

    it('lists the propositions under topics, with words and without, page by page', async () => {
      const { model } = await filled(open);
      await model.read(async (snapshot) => {
        const page = { words: [], after: 0, limit: 10, knownAt: 20, topics: ['war', 'tanks'] };
        const numbers = async (given: Partial<typeof page>) =>
          (await snapshot.propositions({ ...page, ...given })).map(({ no }) => no);
        expect(await numbers({})).toEqual([1, 2]);
        expect(await numbers({ after: 1 })).toEqual([2]);
        expect(await numbers({ topics: ['war'] })).toEqual([1]);
        expect(await numbers({ topics: ['war'], knownAt: 18 })).toEqual([1, 2]);
        expect(await numbers({ topics: [] })).toEqual([]);
        const words = (word: string) =>
          snapshot.propositions({ ...page, words: [word] }).then((rows) => rows.map(({ no }) => no));
        expect(await words('tan')).toEqual([2]);
        expect(await words('taxes')).toEqual([1]);
      });
    });

    it('tells where the wordings of a proposition stand', async () => {
      const { model } = await filled(open);
      await model.read(async (snapshot) => {
        expect(await snapshot.wordings([2, 3])).toEqual([
          { proposition: 2, position: 17, revision: 0 },
          { proposition: 3, position: 18, revision: 0 },
          { proposition: 2, position: 19, revision: 1 },
        ]);
        expect(await snapshot.wordings([])).toEqual([]);
      });
    });
  });
};
