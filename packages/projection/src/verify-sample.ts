import type { Method } from '@stance/domain';
import type { ReadModelWriter, TableRowsReader } from '@stance/read-model';

import type { DifferingHistory } from './versions/differing-histories.ts';
import { refoldSome } from './versions/refold-some.ts';

/** Histories that were folded anew in memory, each from the statements that the read model holds of it. */
export interface VerifiedSample {
  readonly equal: boolean;
  /** How many were looked at, of how many. */
  readonly histories: number;
  readonly of: number;
  /** The same seed chooses the same of the same histories. */
  readonly seed: number;
  /** The first that came to something else; `null` for none. */
  readonly firstDifference: DifferingHistory | null;
}

export interface VerifySampleOptions {
  /** One state of the read model. */
  readonly rows: TableRowsReader;
  /** The same read model, which may be projected into meanwhile: nothing is written. */
  readonly writer: ReadModelWriter;
  readonly method: Method;
  readonly histories: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/** So often a history is folded that others write to meanwhile. */
const tries = 5;

/** From 0 up to, and without, 1: the same seed gives the same numbers (mulberry32). */
const chance = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

type Name = readonly [holder: string, proposition: string];

/** Folds some histories, chosen by chance, and compares what they come to with what the read model has. @throws ReadModelError */
export const verifySample = async (options: VerifySampleOptions): Promise<VerifiedSample> => {
  const { rows, writer, method, histories, seed, signal } = options;
  const random = chance(seed);
  const chosen: Name[] = [];
  let of = 0;
  for await (const row of rows.rows('histories')) {
    const [holder, proposition] = JSON.parse(row) as Name;
    of += 1;
    // Each has the same chance, however many there are.
    const place = of <= histories ? of - 1 : Math.floor(random() * of);
    if (place < histories) chosen[place] = [holder, proposition];
  }
  let firstDifference: DifferingHistory | null = null;
  for (const [holder, proposition] of chosen) {
    signal?.throwIfAborted();
    for (let tried = 1; ; tried += 1) {
      const before = await writer.checkpoint();
      const { histories: different } = await refoldSome({ writer, method, holder, proposition, writes: false });
      const [found] = different;
      if (found === undefined) break;
      const after = await writer.checkpoint();
      if (after.position === before.position || tried === tries) {
        firstDifference ??= found;
        break;
      }
    }
  }
  return { equal: firstDifference === null, histories: chosen.length, of, seed, firstDifference };
};
