import type { StatementCorrected, StatementMade, StatementRetracted } from '@stance/contracts';
import { historyKey, holderOf } from '@stance/read-model';

import type { KnownStatement } from '@stance/domain';

import type { Batch, StatementWork } from './batch.ts';
import type { HistoryFolds } from './history-folds.ts';
import { PoisonError } from './poison.ts';
import type { PreparedEvent, RecordedStatement } from './prepared-event.ts';
import type { ProjectionState } from './state.ts';

type EndedBy = 'corrected' | 'retracted' | 'replaced';

/** Where the columns `known_to` and `ended_by` stand in a row of `statements`. */
const knownTo = 5;
const endedBy = 6;

const endVersion = (
  state: ProjectionState,
  batch: Batch,
  folds: HistoryFolds,
  statement: StatementWork,
  position: number,
  by: EndedBy,
): void => {
  if (!statement.known) return;
  if (state.pointers.remove(statement.position)) batch.pointers.set(statement.position, null);
  // It may have been what took something back.
  const holder = holderOf(statement.history);
  if (state.disowners.has(holder)) folds.foldAllOf(holder, position);
  if (statement.row === null) {
    batch.rows.update('statements', ['known_to', 'ended_by'], [position, by, statement.position]);
    batch.ended.add(statement.position);
  } else {
    statement.row[knownTo] = position;
    statement.row[endedBy] = by;
  }
};

const insertVersion = (
  batch: Batch,
  event: StatementMade | StatementCorrected,
  history: number,
  recorded: RecordedStatement,
): StatementWork => {
  const { position, revision, recordedAt } = event;
  const id = event.data.statementId;
  // Replaced before it was recorded: it never counts.
  const known = batch.replaced.size === 0 || !batch.replaced.has(id);
  const { said } = recorded.known;
  const reason = event.type === 'StatementCorrected' ? event.data.reason : null;
  const row = batch.rows.insert('statements', [
    position,
    id,
    revision,
    history,
    recordedAt,
    known ? null : position,
    known ? null : 'replaced',
    said.earliest,
    said.latest,
    reason,
    recorded.body,
  ]);
  const firstPosition = batch.statements.get(id)?.firstPosition ?? position;
  const work = { firstPosition, position, revision, history, known, retracted: false, row };
  batch.statements.set(id, work);
  return work;
};

/** Notes what a version points at, what it takes back and who speaks in it, for those whom that concerns. */
const noteVersion = (
  state: ProjectionState,
  batch: Batch,
  folds: HistoryFolds,
  { position, history, known }: StatementWork,
  { known: statement, content }: RecordedStatement,
): void => {
  const { endorses, speaker, disowns, holder, proposition } = content;
  if (speaker !== undefined && speaker !== holder) batch.rows.add('voices', [numberOf(state.actors, speaker), history]);
  if (endorses !== undefined && known) {
    const target = historyKey(
      numberOf(state.actors, endorses.holder),
      numberOf(state.propositions, endorses.proposition ?? proposition),
    );
    const pointer = { position, history, target, saidTo: statement.said.latest };
    state.pointers.add(pointer);
    batch.pointers.set(position, pointer);
  }
  if (disowns === undefined) return;
  const actor = holderOf(history);
  batch.rows.insert('disownings', [position, actor]);
  state.disowners.add(actor);
  if (!known) return;
  if ('utteranceId' in disowns) folds.foldAllOf(actor, position);
  else {
    const taken = batch.statements.get(disowns.statementId);
    if (taken === undefined) return;
    folds.touch(taken.history, position);
    folds.foldAnew(taken.history);
  }
};

const numberOf = (named: { get(id: string): { readonly no: number } | undefined }, id: string): number => {
  const work = named.get(id);
  if (work === undefined) throw new Error(`"${id}" was handled before it was named`);
  return work.no;
};

/** From here on the replaced statement counts for nothing, whether it is there already or comes later. */
const replace = (
  state: ProjectionState,
  batch: Batch,
  folds: HistoryFolds,
  replaced: string,
  by: string,
  position: number,
): void => {
  batch.rows.add('replacements', [replaced, by, position]);
  batch.replaced.add(replaced);
  const statement = batch.statements.get(replaced);
  if (statement === undefined) return;
  folds.touch(statement.history, position);
  if (!statement.known) return;
  endVersion(state, batch, folds, statement, position, 'replaced');
  batch.statements.set(replaced, { ...statement, known: false });
  folds.foldAnew(statement.history);
};

/** A statement by the names that its holder and its speaker answer as. */
const named = ({ survivors }: ProjectionState, statement: KnownStatement): KnownStatement =>
  survivors.byId.isEmpty
    ? statement
    : { ...statement, holder: survivors.byId.of(statement.holder), speaker: survivors.byId.of(statement.speaker) };

export const handleMade = (
  state: ProjectionState,
  batch: Batch,
  folds: HistoryFolds,
  prepared: PreparedEvent,
  event: StatementMade,
): void => {
  const { recorded, history } = prepared;
  if (recorded === null || history === null || event.revision !== 0) {
    throw new PoisonError(
      'out-of-sequence',
      `StatementMade cannot be revision ${String(event.revision)} of ${event.stream}`,
    );
  }
  const version = insertVersion(batch, event, history, recorded);
  folds.touch(history, event.position);
  noteVersion(state, batch, folds, version, recorded);
  if (version.known) folds.extend(history, named(state, recorded.known));
  const { replaces } = recorded.content;
  if (replaces !== undefined) replace(state, batch, folds, replaces, event.data.statementId, event.position);
};

export const handleCorrected = (
  state: ProjectionState,
  batch: Batch,
  folds: HistoryFolds,
  prepared: PreparedEvent,
  event: StatementCorrected,
): void => {
  const { recorded, history } = prepared;
  const statement = batch.statements.get(event.data.statementId);
  if (statement === undefined || recorded === null) {
    throw new PoisonError('out-of-sequence', `a correction of ${event.data.statementId}, which was never made`);
  }
  if (statement.retracted) {
    throw new PoisonError('out-of-sequence', `a correction of ${event.data.statementId}, which was retracted`);
  }
  if (
    history !== statement.history ||
    recorded.content.holder !== event.data.holder ||
    recorded.content.proposition !== event.data.proposition
  ) {
    throw new PoisonError(
      'correction-moves-statement',
      `${event.data.statementId} is moved to another holder or proposition`,
    );
  }
  folds.touch(statement.history, event.position);
  endVersion(state, batch, folds, statement, event.position, 'corrected');
  const version = insertVersion(batch, event, statement.history, recorded);
  noteVersion(state, batch, folds, version, recorded);
  if (statement.known) folds.foldAnew(statement.history);
};

export const handleRetracted = (
  state: ProjectionState,
  batch: Batch,
  folds: HistoryFolds,
  event: StatementRetracted,
): void => {
  const { statementId, reason } = event.data;
  const statement = batch.statements.get(statementId);
  if (statement === undefined)
    throw new PoisonError('out-of-sequence', `a retraction of ${statementId}, which was never made`);
  batch.rows.insert('retractions', [event.position, statementId, event.revision, event.recordedAt, reason]);
  folds.touch(statement.history, event.position);
  endVersion(state, batch, folds, statement, event.position, 'retracted');
  batch.statements.set(statementId, { ...statement, revision: event.revision, known: false, retracted: true });
  if (statement.known) folds.foldAnew(statement.history);
};
