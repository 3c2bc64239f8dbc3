import type { Day, DayInterval } from './day.ts';
import type { Ground } from './ground.ts';

export type Direction = 'support' | 'oppose' | 'neutral' | 'mixed' | 'unclear';
export type Act = 'assert' | 'reaffirm' | 'deny' | 'pledge' | 'decline' | 'endorse' | 'reject' | 'disown' | 'vote';
export type Authority = 'self' | 'spokesperson' | 'attributed' | 'unnamed-source' | 'inferred';
export type Part = 'headline' | 'lead' | 'body' | 'caption' | 'teaser' | 'record';
export type Directness = 'direct' | 'indirect' | 'paraphrase';

/** When something was said: the interval, cut off at its publication; `assumed` where it is only the day of publication. */
export interface SaidInterval {
  readonly earliest: Day | null;
  readonly latest: Day;
  readonly assumed: boolean;
}

/** Whose stance on what: a history by its names. Holders are those after merges. */
export interface HistoryName {
  readonly holder: string;
  readonly proposition: string;
}

/** What a disowning takes back: one statement, or all of an utterance. */
export type Disowned = { readonly statementId: string } | { readonly utteranceId: string };

/**
 * What the rules need to know of one statement of a history, as it is known at one moment. All statements handed to a
 * fold are about one proposition and, after merges, of one holder.
 */
export interface KnownStatement {
  readonly id: string;
  /** Whose stance it is, after merges. */
  readonly holder: string;
  /** Who uttered it, after merges: the holder, where nobody else was named. */
  readonly speaker: string;
  /** Absent for the acts `endorse`, `reject` and `disown`. */
  readonly direction: Direction | null;
  readonly act: Act;
  /** 0 to 1; `null` where unstated. */
  readonly strength: number | null;
  /** 0 to 1. */
  readonly certainty: number;
  /** 0 to 1. */
  readonly confidence: number;
  readonly said: SaidInterval;
  readonly heldSince: DayInterval | null;
  readonly authority: Authority;
  /** How many links the chain of reporters has. */
  readonly links: number;
  readonly part: Part | null;
  readonly directness: Directness | null;
  /** Normalized words (lower case, no punctuation), or `null` without a quote. */
  readonly words: string | null;
  readonly utteranceId: string | null;
  readonly publisher: string | null;
  /** What the source document is known by (its id, else its URL, else a key made of what else is given). */
  readonly document: string | null;
  /** The document that this one is a copy of. */
  readonly copyOf: string | null;
  /** The words of a condition: the statement then belongs to the sums of that condition alone. */
  readonly condition: string | null;
  /** Of the acts `endorse` and `reject`: the stance that it points at. */
  readonly pointsAt: HistoryName | null;
  /** Of the act `disown`. */
  readonly disowns: Disowned | null;
  /** What the stance it points at came to; `null` until `groundHistories` has looked. */
  readonly ground: Ground | null;
  /** By which statement its holder took it back, and when; `null` until `withDisownings` has found one. */
  readonly disownedBy: { readonly id: string; readonly day: Day } | null;
}
