import type { TableName } from './tables.ts';
import type { Checkpoint } from './writer.ts';

/**
 * All rows of a read model, from one snapshot of it, for a comparison with another one. One table at a time. Throws
 * `ReadModelError` as a reader does.
 */
export interface TableRowsReader {
  readonly checkpoint: Checkpoint;
  /**
   * The rows of a table by their natural keys, each as JSON text: numbers of actors, propositions and histories are
   * replaced by the ids that they stand for. In the order of those keys.
   */
  rows(table: Exclude<TableName, 'checkpoint'>): AsyncIterable<string>;
  /** The changes, for a comparison with the feed: holder, proposition and the change as JSON, in no order. */
  changes(): AsyncIterable<{ readonly holder: string; readonly proposition: string; readonly body: string }>;
  close(): Promise<void>;
}
