import { atLeast } from './approximate.ts';
import type { Method } from './method.ts';

/** How strongly a stance is stated. */
export type Band = 'weak' | 'moderate' | 'strong';

/** How a band is written in tails and moments: its place here. */
export const bands: readonly Band[] = ['weak', 'moderate', 'strong'];
export type BandCode = number;

/** The band of a stated strength (0 to 1), `-1` where it is unstated. */
export const bandCode = (strength: number | null, method: Method): BandCode => {
  if (strength === null) return -1;
  if (atLeast(strength, method.bands.strong)) return 2;
  return atLeast(strength, method.bands.moderate) ? 1 : 0;
};

export const bandOf = (code: BandCode): Band | null => bands[code] ?? null;
