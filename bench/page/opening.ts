import type { Browser, Page } from 'playwright-core';

/** What is waited for, once as its first row and once whole. */
export interface Opening {
  readonly url: string;
  /** A selector of the rows. */
  readonly rows: string;
  /** How many there are in the end. */
  readonly count: number;
}

/** Since the navigation began, in milliseconds. */
export interface Opened {
  readonly page: Page;
  /** The first rows are painted, and the page takes what is typed. */
  readonly firstMs: number;
  /** All of them are. */
  readonly allMs: number;
}

/** Looks each frame, in the page itself; what is measured is after that frame was painted and all that was due was done. */
const watch = ({ rows, count }: Opening): string => `
  window.opened = new Promise((resolve) => {
    const reached = {};
    const note = (name) => {
      if (name in reached) return;
      reached[name] = null;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          reached[name] = performance.now();
          if (typeof reached.firstMs === 'number' && typeof reached.allMs === 'number') resolve(reached);
        };
        port2.postMessage(null);
      });
    };
    const look = () => {
      const found = document.querySelectorAll(${JSON.stringify(rows)}).length;
      const input = document.querySelector('input[type=search]');
      if (found > 0 && input !== null && !input.disabled) note('firstMs');
      if (found >= ${count}) note('allMs');
      if ('allMs' in reached) return;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });`;

/** Opens an address in a browser that has nothing of the page yet. */
export const open = async (browser: Browser, opening: Opening): Promise<Opened> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript(watch(opening));
  const page = await context.newPage();
  await page.goto(opening.url);
  const { firstMs, allMs } = await page.evaluate<{ readonly firstMs: number; readonly allMs: number }>('window.opened');
  return { page, firstMs, allMs };
};
