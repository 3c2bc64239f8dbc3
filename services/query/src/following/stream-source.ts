import type { KnownMerges } from '@stance/read-model';

/** Something that happened, ready to be told. */
export interface StreamEntry {
  readonly position: number;
  /** After which position a reader goes on that has it: its own, unless more is told at that one. */
  readonly resumeAfter?: number;
  /** What of it goes to all readers alike: JSON. */
  readonly json: string;
}

/** All that there is after a position and up to another. */
export interface StreamPage<Entry extends StreamEntry> {
  readonly after: number;
  readonly upTo: number;
  /** In order. */
  readonly entries: readonly Entry[];
}

export interface StreamRange {
  readonly after: number;
  readonly upTo: number;
}

/** What readers follow: entries at positions that never become visible out of order. */
export interface StreamSource<Entry extends StreamEntry> {
  /** Which feed or log it is by now (`unknownEpoch`: there is nothing in it yet), and up to where entries are visible. */
  look(): Promise<{ readonly epoch: string; readonly visible: number }>;
  /** The last position that there is, visible or not yet: who says to be further, comes from elsewhere. */
  end(): Promise<number>;
  merges(): Promise<KnownMerges>;
  /** What happened in the first part of a range, which is as long as the source likes, but not empty. */
  read(range: StreamRange): Promise<StreamPage<Entry>>;
  /** The same, without what later entries have made obsolete. */
  readCurrent(range: StreamRange): Promise<StreamPage<Entry>>;
}

/** The epoch of what is empty, and has none of its own yet. */
export const unknownEpoch = 'none';
