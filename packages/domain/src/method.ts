import type { Authority, Directness, Part } from './known-statement.ts';

/** The named, versioned numbers by which statements become segments and changes. */
export interface Method {
  readonly name: string;
  readonly version: number;
  readonly authority: Readonly<Record<Authority, number>>;
  readonly directness: Readonly<Record<Directness | 'notGiven' | 'record', number>>;
  readonly part: Readonly<Record<Part | 'notGiven', number>>;
  /** For each link of the chain of reporters after the first. */
  readonly link: number;
  readonly strong: number;
  readonly enough: number;
  readonly least: number;
  /** The share of a moment's weight (or an utterance's accounts) that decides: two thirds. */
  readonly prevailing: number;
  /** The lower bounds of the bands `moderate` and `strong`. */
  readonly bands: { readonly moderate: number; readonly strong: number };
}
