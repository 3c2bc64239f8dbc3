/** How far the log has been relayed; all is 0 at the start. */
export interface RelayCheckpoint {
  /** Up to here: it can be past the last event, where the log has only what is no event of ours. */
  readonly position: number;
  /** The position of the last event up to there. */
  readonly lastEvent: number;
  /** How many events the log has up to there. */
  readonly count: number;
  /** The highest `recordedAt` up to there, in milliseconds since the epoch. */
  readonly recordedAt: number;
}

/** How far a feed has been relayed. */
export interface FeedCheckpoint {
  /** The epoch of the feed store; empty before the first. */
  readonly feed: string;
  /** Higher than that of any feed relayed before, by which readers tell what is of a later one. */
  readonly generation: number;
  /** Of the last entry relayed. */
  readonly position: number;
  /** When that was published, in milliseconds since the epoch. */
  readonly recordedAt: number;
  /** Whether what only feeds before had in their sets was taken away. */
  readonly swept: boolean;
}

/** The right to relay, for a while. */
export interface RelayLease<Checkpoint = RelayCheckpoint> {
  /** Higher than that of any lease before it: who comes with a lower one has been superseded. */
  readonly epoch: number;
  readonly checkpoint: Checkpoint;
}

/** Moves the checkpoint. */
export interface CheckpointMove<Checkpoint = RelayCheckpoint> {
  readonly epoch: number;
  /** For how long the lease holds from now on, in milliseconds. */
  readonly ttl: number;
  /** Where the checkpoint must be. */
  readonly expected: Checkpoint;
  readonly next: Checkpoint;
}

/**
 * Who may relay the log (or the feed), and how far it has been relayed: one lease and one checkpoint for all relays of it.
 * Time is the store's own, so that the relays' clocks need not agree.
 * Every adapter passes the contract suite (`@stance/relay-state/contract-suite`). All calls settle, and throw
 * `RelayStateError`: `relay-state-closed`; on PostgreSQL `relay-state-unavailable`, `relay-state-busy` or `relay-state-full`
 * (retryable: it may have been done, and the same call once more does no harm), `relay-state-no-rights`,
 * `relay-state-read-only`, `relay-state-refused` or `relay-state-corrupt`.
 */
export interface RelayState<Checkpoint = RelayCheckpoint> {
  /**
   * Takes the lease where nobody has it, or where it has run out. An owner who has it gets a new one, since the answer to
   * an earlier call may have been lost.
   *
   * @param owner a name that no other relay has.
   * @param ttl for how long, in milliseconds.
   * @returns `null` while another has it.
   */
  acquire(owner: string, ttl: number): Promise<RelayLease<Checkpoint> | null>;
  /**
   * Holds the lease for so many milliseconds from now on; one that has run out, too, as long as nobody else has taken it.
   *
   * @throws RelayStateError `relay-superseded`.
   */
  renew(epoch: number, ttl: number): Promise<void>;
  /**
   * Compares the checkpoint, sets it, and renews the lease, all or nothing. A checkpoint that is at `next` already is as
   * good: the answer to an earlier call may have been lost.
   *
   * @throws RelayStateError `relay-superseded` where the lease is another's or given back, or the checkpoint elsewhere.
   */
  store(move: CheckpointMove<Checkpoint>): Promise<void>;
  /** Gives the lease back, so that nobody has to wait for its end; does nothing where it is another's. */
  release(epoch: number): Promise<void>;
  close(): Promise<void>;
}
