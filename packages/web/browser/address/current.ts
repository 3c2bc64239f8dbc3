import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

import { addressOf, pathOf, placeOf } from './place.ts';
import type { Place } from './place.ts';
import { followSpot, keepSpot, presentSpot, returnToSpot, stay, topSpot } from './spot.ts';

const current = signal<Place>(placeOf(location));

/** Where the reader is. */
export const place: ReadonlySignal<Place> = current;

/** Goes to another place, as a step to come back from, or in place of the present one. */
export const go = (to: Place, { replace = false } = {}): void => {
  const address = addressOf(to);
  const isElsewhere = pathOf(to) !== pathOf(current.peek());
  if (address !== location.pathname + location.search) {
    if (replace) history.replaceState(history.state, '', address);
    else {
      keepSpot();
      history.pushState(isElsewhere ? topSpot : presentSpot(), '', address);
    }
  }
  current.value = to;
  if (isElsewhere) {
    stay();
    scrollTo(0, 0);
  }
};

/** Has the page follow back and forward, and links within it. */
export const followAddress = (): void => {
  addEventListener('popstate', () => {
    current.value = placeOf(location);
    returnToSpot();
  });
  followSpot();
  addEventListener('click', (event) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null) return;
    // Within a picture an address is an object of its own.
    const href = link instanceof SVGAElement ? link.href.baseVal : link.getAttribute('href');
    if (href === null || link.hasAttribute('download') || link.getAttribute('target') !== null) return;
    const url = new URL(href, location.href);
    if (url.origin !== location.origin || url.hash !== '') return;
    const to = placeOf(url);
    if (to.view === 'unknown') return;
    event.preventDefault();
    go(to);
  });
};
