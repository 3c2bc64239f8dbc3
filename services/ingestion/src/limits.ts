/** How much ingestion takes on at once. */
export interface IngestionLimits {
  /** The largest statement, as JSON, in bytes; the same for one line. */
  readonly statementBytes: number;
  /** How many lines are appended together at most. */
  readonly batchLines: number;
  /** How many batches may be on their way to the store while the next one is read. */
  readonly batchesUnderWay: number;
  /** How many letters of rejected lines wait for the end of the request, where only those are asked for. */
  readonly heldResultLength: number;
  /** How many bytes of results may wait for a client that does not read them. */
  readonly unreadResultBytes: number;
  /** How long reading of lines waits, with that many results unread, before the answer is ended. */
  readonly unreadResultsTimeoutMs: number;
  /** How long a client may go on sending after its answer has been ended early. */
  readonly closeGraceMs: number;
  /** How many ids of actors, and of propositions, are remembered as known. */
  readonly knownIds: number;
}

export const defaultIngestionLimits: IngestionLimits = {
  statementBytes: 64 * 1024,
  batchLines: 1000,
  batchesUnderWay: 2,
  heldResultLength: 1024 * 1024,
  unreadResultBytes: 8 * 1024 * 1024,
  unreadResultsTimeoutMs: 10_000,
  closeGraceMs: 5_000,
  knownIds: 200_000,
};
