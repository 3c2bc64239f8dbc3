import { describe, expect, it } from 'vitest';

import type { Snapshot } from '../read-model.ts';
import { openForTest } from './opened-read-model.ts';
import type { OpenReadModel } from './opened-read-model.ts';
import { actorName, actorRow, actorVersion, propositionRow, wording } from './rows.ts';

const word = (kind: 'a' | 'p', no: number, text: string) => ({ kind, no, word: text });

const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

const find = (snapshot: Snapshot, words: readonly string[], knownAt = 100, day: number | null = null) =>
  snapshot.actors({ knownAt, words, day, after: 0, limit: 10 });

/** Ann (an alias from 3 on, called Anna from 5 on) and Bob Stone, who is registered at 4; Cem is only named. */
const filled = async (open: OpenReadModel) => {
  const opened = await openForTest(open);
  await opened.write(6, {
    actors: [actorRow(1, 'ann'), actorRow(2, 'bob'), actorRow(3, 'cem')],
    actor_versions: [
      actorVersion({ position: 1, actor: 1, name: 'Ann', known_to: 5 }),
      actorVersion({ position: 5, actor: 1, revision: 2, name: 'Anna', kind: 'person' }),
      actorVersion({ position: 4, actor: 2, name: 'Bob Stone' }),
    ],
    actor_names: [
      actorName({ position: 1, actor: 1, name: 'Ann', known_to: 5 }),
      actorName({
        position: 3,
        actor: 1,
        name: 'Miss Stein',
        valid_from: '2020',
        valid_to: '2021',
        evidence: 'Le Monde',
      }),
      actorName({ position: 5, actor: 1, name: 'Anna' }),
      actorName({ position: 4, actor: 2, name: 'Bob Stone' }),
    ],
    search_words: [
      ...['ann', 'miss', 'stein', 'anna'].map((text) => word('a', 1, text)),
      ...['bob', 'stone'].map((text) => word('a', 2, text)),
      word('p', 1, 'bob'),
    ],
    propositions: [propositionRow(1, 'tax')],
    proposition_versions: [
      wording({ position: 2, text: 'Taxes should rise', known_to: 6 }),
      wording({ position: 6, revision: 1, text: 'Taxes have to rise', body: '{"topics":[],"reason":"clearer"}' }),
    ],
  });
  return opened;
};

export const describeReadingNames = (open: OpenReadModel): void => {
  describe('actors and propositions', () => {
    it('have numbers and ids', async () => {
      const { model } = await filled(open);
      await model.read(async (snapshot) => {
        expect(await snapshot.actorNo('bob')).toBe(2);
        expect(await snapshot.actorNo('nobody')).toBeNull();
        expect(await snapshot.actorNo('no\0id')).toBeNull();
        expect(await snapshot.propositionNo('tax')).toBe(1);
        expect(await snapshot.actorNos(['bob', 'nobody', 'no\0id'])).toEqual(new Map([['bob', 2]]));
        expect(await snapshot.propositionNos(['nothing', 'tax'])).toEqual(new Map([['tax', 1]]));
        expect(await snapshot.actorIds([2, 1, 9])).toEqual(
          new Map([
            [1, 'ann'],
            [2, 'bob'],
          ]),
        );
        expect(await snapshot.actorIds([])).toEqual(new Map());
        expect(await snapshot.propositionIds([1])).toEqual(new Map([[1, 'tax']]));
      });
    });

    it('are listed by number in the version known then, and only where they have one', async () => {
      const { model } = await filled(open);
      await model.read(async (snapshot) => {
        const page = { words: [], day: null, after: 0, limit: 10 };
        expect(await snapshot.actors({ ...page, knownAt: 3 })).toMatchObject([{ id: 'ann', name: 'Ann', revision: 0 }]);
        const all = await snapshot.actors({ ...page, knownAt: 6 });
        expect(all).toMatchObject([{ id: 'ann', name: 'Anna', kind: 'person' }, { id: 'bob' }]);
        expect(ids(await snapshot.actors({ ...page, knownAt: 6, limit: 1 }))).toEqual(['ann']);
        expect(ids(await snapshot.actors({ ...page, knownAt: 6, after: 1 }))).toEqual(['bob']);
        expect(await snapshot.propositions({ ...page, topics: null, knownAt: 5 })).toMatchObject([
          { text: 'Taxes should rise' },
        ]);
      });
    });

    it('tell the versions and names known then', async () => {
      const { model } = await filled(open);
      await model.read(async (snapshot) => {
        expect(await snapshot.actorVersions(1, 4)).toMatchObject([{ position: 1, knownTo: null, name: 'Ann' }]);
        expect(await snapshot.actorVersions(1, 5)).toMatchObject([{ knownTo: 5 }, { knownTo: null, name: 'Anna' }]);
        expect(await snapshot.propositionVersions(1, 6)).toMatchObject([
          { knownTo: 6 },
          { text: 'Taxes have to rise' },
        ]);
        expect((await snapshot.names([1], 4)).map(({ name }) => name)).toEqual(['Ann', 'Miss Stein']);
        expect(await snapshot.names([1], 5)).toEqual([
          { actor: 1, name: 'Miss Stein', validFrom: '2020', validTo: '2021', evidence: 'Le Monde' },
          { actor: 1, name: 'Anna', validFrom: null, validTo: null, evidence: null },
        ]);
        expect(await snapshot.actorNames([1, 2, 3], 4)).toEqual(
          new Map([
            [1, 'Ann'],
            [2, 'Bob Stone'],
          ]),
        );
        expect(await snapshot.propositionTexts([1], 1)).toEqual(new Map());
      });
    });
  });

  describe('search', () => {
    it('finds by beginnings of words, all of them in one name known then', async () => {
      const { model } = await filled(open);
      await model.read(async (snapshot) => {
        expect(ids(await find(snapshot, ['st']))).toEqual(['ann', 'bob']);
        expect(ids(await find(snapshot, ['bo', 'sto']))).toEqual(['bob']);
        expect(ids(await find(snapshot, ['anna', 'stein']))).toEqual([]);
        expect(ids(await find(snapshot, ['stein'], 2))).toEqual([]);
        expect(ids(await find(snapshot, ['anna'], 4))).toEqual([]);
        expect(ids(await find(snapshot, ['ann'], 4))).toEqual(['ann']);
        expect(ids(await find(snapshot, ['tone']))).toEqual([]);
      });
    });

    it('by names of a day finds only who may have had them then', async () => {
      const { model } = await filled(open);
      const newYear2020 = 18_262;
      await model.read(async (snapshot) => {
        expect(ids(await find(snapshot, ['stein'], 100, newYear2020 - 1))).toEqual([]);
        expect(ids(await find(snapshot, ['stein'], 100, newYear2020))).toEqual(['ann']);
        expect(ids(await find(snapshot, ['stein'], 100, newYear2020 + 731))).toEqual([]);
        expect(ids(await find(snapshot, ['anna'], 100, 0))).toEqual(['ann']);
      });
    });

    it('fills its pages although some hits are no matches at that position', async () => {
      const { model, write } = await filled(open);
      const numbers = Array.from({ length: 30 }, (_, index) => index + 10);
      await write(100, {
        actors: numbers.map((no) => actorRow(no)),
        actor_versions: numbers.map((no) => actorVersion({ position: no, actor: no, name: 'Zoe' })),
        actor_names: numbers.map((no) =>
          actorName({ position: no, actor: no, name: 'Zoe', known_to: no % 3 === 0 ? null : 50 }),
        ),
        search_words: numbers.map((no) => word('a', no, 'zoe')),
      });
      await model.read(async (snapshot) => {
        const first = await snapshot.actors({ knownAt: 100, words: ['zo'], day: null, after: 0, limit: 4 });
        expect(first.map(({ no }) => no)).toEqual([12, 15, 18, 21]);
        const rest = await snapshot.actors({ knownAt: 100, words: ['zo'], day: null, after: 21, limit: 100 });
        expect(rest.map(({ no }) => no)).toEqual([24, 27, 30, 33, 36, 39]);
      });
    });
  });
};
