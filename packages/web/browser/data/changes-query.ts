import type { Horizon } from '../address/place.ts';

/** The changes of a horizon: those said by `at`, as known then. */
export const changesQueryOf = ({ at, knownAt }: Horizon): { readonly to?: string; readonly knownAt?: string } => ({
  ...(at === undefined ? {} : { to: at }),
  ...(knownAt === undefined ? {} : { knownAt }),
});
