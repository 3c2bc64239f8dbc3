/** Where a write ended up: in a stream of the log, durable. */
export interface Written {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** `duplicate`: it was there before; `revision` and `position` are those of the event that says so. */
  readonly outcome: 'accepted' | 'duplicate';
}

/** Nothing is to be written: this event says it already. */
export const duplicateOf = ({
  stream,
  revision,
  position,
}: Omit<Written, 'outcome'>): { readonly written: Written } => ({
  written: { stream, revision, position, outcome: 'duplicate' },
});
