import type { Authority, Directness, Part } from './known-statement.ts';

/** The named, versioned numbers by which statements become segments and changes. */
export interface Method {
  readonly name: string;
  readonly version: number;
  readonly authority: Readonly<Record<Authority, number>>;
  /** `notGiven`: a statement without a quote; `record`: the same, where the part is `record`. */
  readonly directness: Readonly<Record<Directness | 'notGiven' | 'record', number>>;
  readonly part: Readonly<Record<Part | 'notGiven', number>>;
  /** For each link of the chain of reporters after the first. */
  readonly link: number;
  /** An utterance of this weight settles a step by itself. */
  readonly strong: number;
  /** The sum that settles a step. */
  readonly enough: number;
  /** A stance with less weight than this behind it is answered as insufficient. */
  readonly least: number;
  /** The share of a moment's weight that decides its direction: two thirds. */
  readonly prevailing: number;
  /** The lower bounds of the bands `moderate` and `strong`. */
  readonly bands: { readonly moderate: number; readonly strong: number };
  /** Why each number is what it is, by its path (`authority.self`) or by the group it stands in (`authority`). */
  readonly reasons: Readonly<Record<string, string>>;
}
