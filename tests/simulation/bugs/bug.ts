import type { Parts } from '../parts.ts';

/** Something done wrong on purpose, in the simulation alone: it has to be found. */
export interface Bug {
  /** What it does, after "one that ...". */
  readonly what: string;
  readonly parts: Partial<Parts>;
}
