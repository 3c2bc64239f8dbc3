import type { Horizon } from '../address/place.ts';
import { liveTurn } from './live.ts';

/** The changes of a horizon: those said by `at`, as known then. */
export const changesQueryOf = ({ at, knownAt }: Horizon): { readonly to?: string; readonly knownAt?: string } => ({
  ...(at === undefined ? {} : { to: at }),
  ...(knownAt === undefined ? {} : { knownAt }),
});

/** What makes an answer about a horizon another one: what is recorded now changes the present, and no past. */
export const turnOf = ({ knownAt }: Horizon): string => (knownAt === undefined ? String(liveTurn.value) : knownAt);
