import { go, place } from './current.ts';
import type { Extents } from './place.ts';

/** A list is shown up to so many at most: more would be slow, and nobody reads them. */
export const mostShown = 10_000;

/** How far a list is shown. */
export interface Extent {
  readonly shown: number;
  /** Whether {@link mostShown} are. */
  readonly isLargest: boolean;
  /** Shows more of it. */
  readonly more: () => void;
}

const aNumber = /^[1-9]\d{0,8}$/;

/**
 * How far a list is shown, as the address holds it.
 *
 * @param first so many are shown where the address says nothing, or nothing that is a number
 * @param step so many more at a time
 */
export const useExtent = (name: keyof Extents, first: number, step = first): Extent => {
  const given = place.value[name] ?? '';
  const shown = Math.min(mostShown, aNumber.test(given) ? Number(given) : first);
  return {
    shown,
    isLargest: shown === mostShown,
    more: () => go({ ...place.peek(), [name]: String(Math.min(mostShown, shown + step)) }, { replace: true }),
  };
};
