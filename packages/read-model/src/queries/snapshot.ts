import { ReadModelError } from '../errors.ts';
import type { Snapshot } from '../read-model.ts';
import type { Checkpoint } from '../writer.ts';
import * as actor from './actors.ts';
import { changes } from './changes.ts';
import type { ReadConnection } from './database.ts';
import * as history from './histories.ts';
import * as parked from './parked.ts';
import * as proposition from './propositions.ts';
import * as registry from './registry.ts';
import * as statement from './statements.ts';

const checkpointOf = async (db: ReadConnection): Promise<Checkpoint> => {
  const row = await db
    .selectFrom('checkpoint')
    .select(['position', 'recorded_at as recordedAt', 'generation', 'method', 'method_version as methodVersion'])
    .where('name', '=', 'main')
    .executeTakeFirst();
  if (row === undefined) throw new ReadModelError('read-model-corrupt', 'the read model has no checkpoint: rebuild it');
  return row;
};

const positionAt = async (db: ReadConnection, recordedAt: number): Promise<number> =>
  (
    await db
      .selectFrom('recorded')
      .select('position')
      .where('recorded_at', '<=', recordedAt)
      .orderBy('recorded_at', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.position ?? 0;

/** Asks once for each value: within a transaction the answer stays the same. */
const askedOnce = <Value, Answer>(ask: (value: Value) => Promise<Answer>): ((value: Value) => Promise<Answer>) => {
  const answers = new Map<Value, Promise<Answer>>();
  return (value) => {
    const known = answers.get(value);
    if (known !== undefined) return known;
    const answer = ask(value);
    answers.set(value, answer);
    return answer;
  };
};

/** All that can be asked, over one transaction. */
export const openSnapshot = async (db: ReadConnection): Promise<Snapshot> => {
  // What nearly every answer asks, more than once.
  const merges = askedOnce((knownAt: number) => registry.merges(db, knownAt));
  const anythingParked = askedOnce((_: null) => parked.isAnythingParked(db));
  return {
    checkpoint: await checkpointOf(db),
    positionAt: (recordedAt) => positionAt(db, recordedAt),
    actorNo: (id) => actor.actorNo(db, id),
    actorNos: (ids) => actor.actorNos(db, ids),
    actorIds: (numbers) => actor.actorIds(db, numbers),
    actorNames: (numbers, knownAt) => actor.actorNames(db, numbers, knownAt),
    actorKinds: (numbers, knownAt) => actor.actorKinds(db, numbers, knownAt),
    actors: (page) => actor.actors(db, page),
    actorVersions: (no, knownAt) => actor.actorVersions(db, no, knownAt),
    names: (actors, knownAt) => actor.names(db, actors, knownAt),
    propositionNo: (id) => proposition.propositionNo(db, id),
    propositionNos: (ids) => proposition.propositionNos(db, ids),
    propositionIds: (numbers) => proposition.propositionIds(db, numbers),
    propositionTexts: (numbers, knownAt) => proposition.propositionTexts(db, numbers, knownAt),
    propositions: (page) => proposition.propositions(db, page),
    propositionVersions: (no, knownAt) => proposition.propositionVersions(db, no, knownAt),
    propositionCount: (topics, knownAt) => proposition.propositionCount(db, topics, knownAt),
    usedTopics: (knownAt) => proposition.usedTopics(db, knownAt),
    wordings: (numbers) => proposition.wordings(db, numbers),
    merges,
    memberships: (wanted, knownAt) => registry.memberships(db, wanted, knownAt),
    relations: (propositions, knownAt) => registry.relations(db, propositions, knownAt),
    relationsReached: (wanted) => registry.relationsReached(db, wanted),
    topics: (knownAt) => registry.topics(db, knownAt),
    history: (key) => history.history(db, key),
    historiesAmong: (keys) => history.historiesAmong(db, keys),
    histories: (page) => history.histories(db, page),
    historiesTouched: (page) => history.historiesTouched(db, page),
    incompleteHistories: async (keys, knownAt) =>
      new Set([
        ...(await history.failedHistories(db, keys, knownAt)),
        ...((await anythingParked(null)) ? await parked.incompleteHistories(db, keys, knownAt) : []),
      ]),
    parkedStreams: () => parked.parkedStreams(db),
    parked: (page) => parked.parked(db, page),
    parkedIn: (stream, limit) => parked.parkedIn(db, stream, limit),
    parkedCounts: (streams) => parked.parkedCounts(db, streams),
    parkedBehind: async (keys, knownAt) => ((await anythingParked(null)) ? parked.parkedBehind(db, keys, knownAt) : []),
    parkedHistories: (streams) => parked.parkedHistories(db, streams),
    historyStatements: (page) => statement.historyStatements(db, page),
    utterance: (page) => statement.utterance(db, page),
    disownings: (actors, knownAt) => statement.disownings(db, actors, knownAt),
    statements: (page) => statement.statements(db, page),
    knownStatements: (ids, knownAt) => statement.knownStatements(db, ids, knownAt),
    statementVersions: (id, knownAt) => statement.statementVersions(db, id, knownAt),
    versionsMade: (range) => statement.versionsMade(db, range),
    retractionsMade: (range) => statement.retractionsMade(db, range),
    versionsOf: (ids) => statement.versionsOf(db, ids),
    retraction: (id, knownAt) => statement.retraction(db, id, knownAt),
    firstPositions: (ids) => statement.firstPositions(db, ids),
    replacements: (ids, knownAt) => statement.replacements(db, ids, knownAt),
    changes: (page) => changes(db, page),
  };
};
