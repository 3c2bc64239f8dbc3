import { columnTypes } from '@stance/postgres';

import { beforeAnyFeed, beginningOfLog } from '../beginning.ts';
import type { FeedCheckpoint, RelayCheckpoint } from '../relay-state.ts';

/** How a checkpoint of one kind is kept in a row. */
export interface CheckpointTable<Checkpoint> {
  /** What the schema says that it belongs to. */
  readonly owner: string;
  /** Which schema that is, unless it is named. */
  readonly schema: string;
  /** The column and the type of each part. */
  readonly columns: Readonly<Record<keyof Checkpoint & string, readonly [column: string, type: string]>>;
  readonly beginning: Checkpoint;
}

const { integer, text } = columnTypes;

export const logTable: CheckpointTable<RelayCheckpoint> = {
  owner: 'stance-relay',
  schema: 'stance_relay',
  columns: {
    position: ['position', integer],
    lastEvent: ['last_event', integer],
    count: ['count', integer],
    recordedAt: ['recorded_at', integer],
  },
  beginning: beginningOfLog,
};

export const feedTable: CheckpointTable<FeedCheckpoint> = {
  owner: 'stance-feed-relay',
  schema: 'stance_feed_relay',
  columns: {
    feed: ['feed', text],
    generation: ['generation', integer],
    position: ['position', integer],
    recordedAt: ['recorded_at', integer],
    swept: ['swept', 'boolean'],
  },
  beginning: beforeAnyFeed,
};
