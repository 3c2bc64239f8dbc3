/** Where on a page the reader is. */
interface Spot {
  readonly top: number;
  /** The link that has the focus, and how far beneath the upper edge of the window it stands. */
  readonly link?: string;
  readonly beneath?: number;
}

/** Once a page is long enough it may shrink and grow again, as its parts come in: for so long at most, in milliseconds. */
const settling = 500;

/** By any of these the reader says where to be. */
const acts = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

let endReturn: (() => void) | null = null;

/** The spot of who comes to a page for the first time. */
export const topSpot: Spot = { top: 0 };

export const presentSpot = (): Spot => {
  const link = document.activeElement?.matches('main a') === true ? document.activeElement : null;
  const href = link?.getAttribute('href') ?? null;
  if (link === null || href === null) return { top: scrollY };
  return { top: scrollY, link: href, beneath: link.getBoundingClientRect().top };
};

/** Has the step of the browser's history that is left hold where the reader was. */
export const keepSpot = (): void => {
  // Who has not come back yet is still where that step says.
  if (endReturn === null) history.replaceState(presentSpot(), '');
};

/** Ends coming back to a spot. */
export const stay = (): void => endReturn?.();

const isSpot = (state: unknown): state is Spot => typeof state === 'object' && state !== null && 'top' in state;

/** Comes back to the spot that the present step of the history holds, as what stood there comes in, until the reader acts. */
export const returnToSpot = (): void => {
  stay();
  const spot: unknown = history.state;
  if (!isSpot(spot)) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const reach = (): void => {
    clearTimeout(timer);
    const link =
      spot.link === undefined ? null : document.querySelector<HTMLElement>(`main a[href="${CSS.escape(spot.link)}"]`);
    if (document.activeElement !== link) link?.focus({ preventScroll: true });
    // Rows that were out of sight may be of another height than they were, so that the link says more than the top.
    const top = link === null ? spot.top : scrollY + link.getBoundingClientRect().top - (spot.beneath ?? 0);
    scrollTo(0, top);
    if (Math.abs(scrollY - top) <= 1) timer = setTimeout(stay, settling);
  };
  const growth = new ResizeObserver(reach);
  growth.observe(document.body);
  endReturn = () => {
    endReturn = null;
    clearTimeout(timer);
    growth.disconnect();
    for (const act of acts) removeEventListener(act, stay, true);
  };
  for (const act of acts) addEventListener(act, stay, { capture: true, passive: true });
};

/** Keeps where the reader is, also for who leaves by the buttons of the browser, and begins where it was kept. */
export const followSpot = (): void => {
  history.scrollRestoration = 'manual';
  addEventListener('scrollend', keepSpot);
  returnToSpot();
};
