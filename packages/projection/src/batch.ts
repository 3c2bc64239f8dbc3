import type { StanceChange } from '@stance/domain';
import type { MembershipState, Pointer, StatementState } from '@stance/read-model';

import { createBatchRows } from './batch-rows.ts';
import type { BatchRows, MutableRow } from './batch-rows.ts';
import type { HistoryWork, OpenRow } from './state.ts';

/** A statement's stream as the batch leaves it. */
export interface StatementWork extends StatementState {
  /** The row of the last version, where this batch inserts it. */
  readonly row: MutableRow | null;
}

/** A change that a batch puts in place of the one with its identity, or takes away (`change` is `null`). */
export interface ChangeWork {
  readonly track: StanceChange['track'];
  readonly openedBy: string;
  readonly change: StanceChange | null;
}

/** A history that the batch touched. */
export interface TouchedHistory {
  readonly work: HistoryWork;
  /** Whether it has to be folded anew. */
  refold: boolean;
  /** What the incremental fold changed; the later one of two with the same identity holds. */
  changes: ChangeWork[];
}

/** A membership that is known now. */
export interface MembershipWork extends Omit<MembershipState, 'actor'> {
  readonly open: OpenRow | null;
}

/** Where the known version of a topic stands. */
export interface TopicWork {
  readonly position: number;
  readonly open: OpenRow | null;
}

/** All that one batch works on between reading the events and writing the rows. */
export interface Batch {
  readonly no: number;
  readonly rows: BatchRows;
  readonly statements: Map<string, StatementWork>;
  /** Statements that another one replaces, by the events so far. */
  readonly replaced: Set<string>;
  /** Versions from earlier batches that this one ends, by position. */
  readonly ended: Set<number>;
  readonly touched: Map<number, TouchedHistory>;
  /** The histories that are no more, with the keys of their rows: only merges that come late take any away. */
  readonly gone: Map<number, number>;
  /** What points somewhere since this batch, and (`null`) what does no more, by the position of the version. */
  readonly pointers: Map<number, Pointer | null>;
  /** All histories of the actors that the batch merges, or who take back what the batch does not name, from before it. */
  readonly held: Map<number, readonly number[]>;
  /** The histories in which those who are merged spoke for others. */
  readonly spokenIn: Set<number>;
  /** By actor, of those whose memberships the batch is about. */
  readonly memberships: Map<number, readonly MembershipWork[]>;
  /** By id, of those that the batch is about. */
  readonly topics: Map<string, TopicWork>;
  /** The row that says how far the stream `registry` was applied, once the batch applies an event of it. */
  appliedRegistry: MutableRow | null;
  applied: number;
  ignored: number;
  parked: number;
}

export const createBatch = (no: number): Batch => ({
  no,
  rows: createBatchRows(),
  statements: new Map(),
  replaced: new Set(),
  ended: new Set(),
  touched: new Map(),
  gone: new Map(),
  pointers: new Map(),
  held: new Map(),
  spokenIn: new Set(),
  memberships: new Map(),
  topics: new Map(),
  appliedRegistry: null,
  applied: 0,
  ignored: 0,
  parked: 0,
});
