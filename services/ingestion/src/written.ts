/** Where a write ended up: in a stream of the log, durable. */
export interface Written {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** `duplicate`: it was there before; `revision` and `position` are those of the event that says so. */
  readonly outcome: 'accepted' | 'duplicate';
}
