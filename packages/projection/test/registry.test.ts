import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';

import { project } from './support/project.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import { logOf } from './support/redelivered-log.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const rowsOf = (path: string, sql: string): unknown[] => {
  const db = new Sqlite(path, { readonly: true });
  const rows = db.prepare(sql).raw().all();
  db.close();
  return rows;
};
const merges = (path: string): unknown[] =>
  rowsOf(
    path,
    `SELECT m.position, a.id, i.id, m.known_to FROM merges m JOIN actors a ON a.no = m.actor
     JOIN actors i ON i.no = m.into_actor ORDER BY m.position`,
  );
const parked = (path: string): unknown[] => rowsOf(path, 'SELECT position, stream, code FROM parked ORDER BY position');

describe.each([[[1]], [[2, 3]], [[100]]])('the registry, applied in batches of %j', (sizes) => {
  it('keeps each merge with the interval in which it was the known one', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    await log.registry('ActorMerged', { actorId: 'a', into: 'b', reason: 'two spellings' });
    await log.registry('ActorMerged', { actorId: 'b', into: 'c' });
    await log.registry('ActorUnmerged', { actorId: 'a' });
    await log.registry('ActorUnmerged', { actorId: 'a' });
    await log.registry('ActorMerged', { actorId: 'a', into: 'd' });
    await log.registry('ActorMerged', { actorId: 'a', into: 'e' });
    await project(log.store, path, sizes);
    expect(merges(path)).toEqual([
      [1, 'a', 'b', 3],
      [2, 'b', 'c', null],
      [5, 'a', 'd', 6],
      [6, 'a', 'e', null],
    ]);
    expect(rowsOf(path, 'SELECT stream, revision FROM applied_streams')).toEqual([['registry', 5]]);
    expect(parked(path)).toEqual([]);
  });

  it('never takes a merge that leads back, and parks what follows', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    await log.registry('ActorMerged', { actorId: 'a', into: 'b' });
    await log.registry('ActorMerged', { actorId: 'b', into: 'c' });
    await log.registry('ActorMerged', { actorId: 'c', into: 'a' });
    await log.registry('ActorUnmerged', { actorId: 'a' });
    await log.append('actor-a', 'ActorRegistered', { actorId: 'a', name: 'A', inPassing: false });
    await project(log.store, path, sizes);
    expect(merges(path)).toEqual([
      [1, 'a', 'b', null],
      [2, 'b', 'c', null],
    ]);
    expect(parked(path)).toEqual([
      [3, 'registry', 'merge-cycle'],
      [4, 'registry', 'stream-parked'],
    ]);
    expect(rowsOf(path, 'SELECT name FROM actor_versions')).toEqual([['A']]);
  });

  it('lets a membership take the place of one with the same actor, group, role and beginning', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    const chair = { actorId: 'a', group: 'g', role: 'chair', from: '2015' };
    await log.registry('MembershipRecorded', chair);
    await log.registry('MembershipRecorded', { actorId: 'a', group: 'g', from: '2015' });
    await log.registry('MembershipRecorded', { ...chair, to: '2020', onBehalfOf: 'x' });
    await log.registry('MembershipRecorded', { ...chair, from: '2021' });
    await project(log.store, path, sizes);
    expect(
      rowsOf(
        path,
        `SELECT position, role, valid_from, valid_to, (SELECT id FROM actors WHERE no = on_behalf_of), known_to
         FROM memberships ORDER BY position`,
      ),
    ).toEqual([
      [1, 'chair', '2015', null, null, 3],
      [2, null, '2015', null, null, null],
      [3, 'chair', '2015', '2020', 'x', null],
      [4, 'chair', '2021', null, null, null],
    ]);
  });

  it('keeps every version of a topic, and of the topics of a proposition', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    await log.registry('TopicDefined', { topicId: 'war', name: 'War' });
    await log.registry('TopicDefined', { topicId: 'war', name: 'Wars', aliases: ['Krieg'], parent: 'all' });
    const wording = { propositionId: 'p', text: 'Tanks should be sent' };
    await log.append('proposition-p', 'PropositionDefined', {
      ...wording,
      topics: ['war', 'tanks', 'war'],
      inPassing: false,
    });
    await log.append('proposition-p', 'PropositionRevised', { ...wording, topics: ['war'] });
    await log.append('proposition-p', 'PropositionRevised', { ...wording, text: 'Tanks' });
    await log.registry('PropositionRelated', { from: 'p', type: 'narrows', to: 'q' });
    await project(log.store, path, sizes);
    expect(rowsOf(path, 'SELECT position, name, parent, known_to, body FROM topics ORDER BY position')).toEqual([
      [1, 'War', null, 2, '{"aliases":[]}'],
      [2, 'Wars', 'all', null, '{"aliases":["Krieg"]}'],
    ]);
    expect(rowsOf(path, 'SELECT position, topic, known_to FROM proposition_topics ORDER BY position, topic')).toEqual([
      [3, 'tanks', 4],
      [3, 'war', 4],
      [4, 'war', 5],
      [5, 'war', null],
    ]);
    expect(
      rowsOf(
        path,
        `SELECT p.id, r.type, q.id FROM relations r JOIN propositions p ON p.no = r.proposition
         JOIN propositions q ON q.no = r.related`,
      ),
    ).toEqual([['p', 'narrows', 'q']]);
  });

  it('applies each event once, however often it is delivered, and sees a gap', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    await log.registry('ActorMerged', { actorId: 'a', into: 'b' });
    await log.registry('ActorUnmerged', { actorId: 'a' });
    await log.registry('ActorMerged', { actorId: 'a', into: 'b' });
    await log.registry('ActorUnmerged', { actorId: 'a' });
    const { events } = await log.store.readAll({ after: 0, limit: 10 });
    const [first, second, , fourth] = events;
    if (first === undefined || second === undefined || fourth === undefined) throw new Error('too few events');
    await project(logOf([first, second, first, second, fourth]), path, sizes);
    expect(merges(path)).toEqual([[1, 'a', 'b', 2]]);
    expect(parked(path)).toEqual([[5, 'registry', 'revision-gap']]);
  });
});
