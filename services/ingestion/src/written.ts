/** Where a write ended up: in a stream of the log, durable. */
export interface Written {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** `duplicate`: it was there before; `revision` and `position` are those of the event that says so. */
  readonly outcome: 'accepted' | 'duplicate';
}

/** Something that was written in the place of what was said before, if anything was. */
export interface Replacing<Input> extends Written {
  readonly replaced?: Input;
}

/** Nothing is to be written: this event says it already. */
export const duplicateOf = ({
  stream,
  revision,
  position,
}: Omit<Written, 'outcome'>): { readonly written: Written } => ({
  written: { stream, revision, position, outcome: 'duplicate' },
});

/** What was written, with what it took the place of. */
export const replacing = <Input>(written: Written, replaced: Input | undefined): Replacing<Input> =>
  replaced === undefined || written.outcome === 'duplicate' ? written : { ...written, replaced };
