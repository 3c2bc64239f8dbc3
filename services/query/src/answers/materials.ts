import { changeId } from '@stance/contracts';
import type { DateAnswer, StatementContent } from '@stance/contracts';
import { toKnownStatement } from '@stance/domain';
import type { StanceChange } from '@stance/domain';
import { holderOf, propositionOf } from '@stance/read-model';
import type { ReadModel, Snapshot, StatementRow } from '@stance/read-model';

import { dateAnswer } from '../dates.ts';
import { readPropositionVersions } from './proposition-versions.ts';
import type { ChangeName, ChangeRecord, PublishedChanges } from '../query-options.ts';
import { historiesIn, survivorsAt } from '../survivors-at.ts';

/** A statement as answers show it: what it says, and when it was said. */
export interface ShownStatement {
  readonly row: StatementRow;
  readonly content: StatementContent;
  readonly saidAt: DateAnswer;
  readonly assumed: boolean;
  /** The version of its proposition that it was made about. */
  readonly propositionVersion: number | undefined;
}

export const shownStatement = (row: StatementRow, propositionVersion?: number): ShownStatement => {
  const content = JSON.parse(row.body) as StatementContent;
  const { said } = toKnownStatement(row.id, row.recordedAt, content);
  const edtf = content.saidAt ?? content.source?.publishedAt ?? '';
  return { row, content, saidAt: dateAnswer(edtf, said), assumed: said.assumed, propositionVersion };
};

/** Whose stance on what a history is, in words too. */
export interface HistorySubject {
  readonly holder: string;
  readonly holderName?: string;
  readonly proposition: string;
  readonly propositionText?: string;
}

/** Everything that answers about some histories are written from, beside the folds. */
export interface Materials {
  readonly statement: (id: string) => ShownStatement | undefined;
  readonly subject: (history: number) => HistorySubject;
  /** Of one of the propositions asked for. */
  readonly proposition: (proposition: number) => { readonly id: string; readonly text: string | undefined };
  readonly incomplete: (history: number) => boolean;
  /** Of one of the changes asked for. */
  readonly changeId: (change: StanceChange) => string;
  readonly record: (id: string) => ChangeRecord | undefined;
}

export interface MaterialsRequest {
  readonly knownAt: number;
  /** Whether what the feed says today belongs to the answer. */
  readonly live: boolean;
  readonly histories: readonly number[];
  /** Propositions that are named besides those of the histories. */
  readonly propositions?: readonly number[];
  readonly statementIds: Iterable<string>;
  /** The changes that are shown, with their histories. */
  readonly changes: readonly { readonly history: number; readonly change: StanceChange }[];
  /** Whether statements are shown whole, with the version of their proposition. */
  readonly wholeStatements?: boolean;
}

const noRecords: ReadonlyMap<string, ChangeRecord> = new Map();

export interface MaterialsSources {
  readonly readModel: ReadModel;
  readonly feed: PublishedChanges;
  readonly methodName: string;
}

/** Those among these histories into which something counts that is incomplete. */
export const incompleteOf = async (
  snapshot: Snapshot,
  histories: readonly number[],
  knownAt: number,
): Promise<ReadonlySet<number>> => {
  const survivors = await survivorsAt(snapshot, knownAt);
  const counted = histories.flatMap((history) => historiesIn(survivors, history));
  const incomplete = await snapshot.incompleteHistories(counted, knownAt);
  return new Set(
    histories.filter((history) => historiesIn(survivors, history).some((member) => incomplete.has(member))),
  );
};

/** The parked streams because of which what counts into a history is incomplete. */
export const parkedBehind = async (
  snapshot: Snapshot,
  history: number,
  knownAt: number,
): Promise<readonly string[]> => {
  const survivors = await survivorsAt(snapshot, knownAt);
  return snapshot.parkedBehind(historiesIn(survivors, history), knownAt);
};

/** Fetches what a page of answers needs, in one read. */
export const gatherMaterials = async (
  { readModel, feed, methodName }: MaterialsSources,
  request: MaterialsRequest,
): Promise<Materials> => {
  const { knownAt, live, histories, propositions: others = [], statementIds, changes } = request;
  const holders = [...new Set(histories.map(holderOf))];
  const propositions = [...new Set([...histories.map(propositionOf), ...others])];
  const ids = [...new Set(statementIds)];
  const found = await readModel.read(async (snapshot) => {
    const statements = await snapshot.knownStatements(ids, knownAt);
    return {
      statements: new Map(statements.map((row): [string, StatementRow] => [row.id, row])),
      versionOf: await readPropositionVersions(snapshot, request.wholeStatements === true ? statements : []),
      actorIds: await snapshot.actorIds(holders),
      actorNames: await snapshot.actorNames(holders, knownAt),
      propositionIds: await snapshot.propositionIds(propositions),
      propositionTexts: await snapshot.propositionTexts(propositions, knownAt),
      incomplete: await incompleteOf(snapshot, histories, knownAt),
    };
  });

  const subject = (history: number): HistorySubject => {
    const holderName = found.actorNames.get(holderOf(history));
    const propositionText = found.propositionTexts.get(propositionOf(history));
    return {
      holder: found.actorIds.get(holderOf(history)) ?? '',
      ...(holderName === undefined ? {} : { holderName }),
      proposition: found.propositionIds.get(propositionOf(history)) ?? '',
      ...(propositionText === undefined ? {} : { propositionText }),
    };
  };
  const named = new Map<StanceChange, ChangeName>();
  for (const { history, change } of changes) {
    const { holder, proposition } = subject(history);
    const { track, openedBy } = change;
    const id = changeId({ method: methodName, holder, proposition, track, openedBy });
    named.set(change, { holder, proposition, changeId: id });
  }
  const records = live && named.size > 0 ? await feed.changeRecords([...named.values()]) : noRecords;
  const shown = new Map<string, ShownStatement>();

  return {
    statement: (id) => {
      const known = shown.get(id);
      const row = known === undefined ? found.statements.get(id) : undefined;
      if (row === undefined) return known;
      const statement = shownStatement(row, found.versionOf(row));
      shown.set(id, statement);
      return statement;
    },
    subject,
    proposition: (no) => ({ id: found.propositionIds.get(no) ?? '', text: found.propositionTexts.get(no) }),
    incomplete: (history) => found.incomplete.has(history),
    changeId: (change) => named.get(change)?.changeId ?? '',
    record: (id) => records.get(id),
  };
};
