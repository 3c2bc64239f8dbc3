import type { Page } from 'playwright-core';

import { spreadOf } from '../spread.ts';

/** How long the frames took, in milliseconds. */
export interface Frames {
  readonly frames: number;
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
  /** How far was scrolled, in pixels. */
  readonly pixels: number;
}

const record = `
  window.frameTimes = [];
  window.isScrolled = false;
  const note = (time) => {
    window.frameTimes.push(time);
    if (!window.isScrolled) requestAnimationFrame(note);
  };
  requestAnimationFrame(note);`;

/** Pixels a second: as fast as somebody turns a wheel who looks for something. */
const speed = 4000;
const mostPixels = 40_000;

/** Scrolls down as with a wheel, and looks how long each frame took meanwhile. */
export const scroll = async (page: Page): Promise<Frames> => {
  const height = await page.evaluate<number>('document.documentElement.scrollHeight - innerHeight');
  const distance = Math.min(height, mostPixels);
  const session = await page.context().newCDPSession(page);
  await page.evaluate(record);
  await session.send('Input.synthesizeScrollGesture', {
    x: 640,
    y: 500,
    yDistance: -distance,
    speed,
    gestureSourceType: 'mouse',
  });
  await page.evaluate('window.isScrolled = true');
  const times = await page.evaluate<number[]>('window.frameTimes');
  const took = times
    .slice(1)
    .map((time, index) => time - (times[index] ?? time))
    .toSorted((a, b) => a - b);
  const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? Number.NaN;
  return {
    frames: took.length,
    p50: at(0.5),
    p95: at(0.95),
    longest: spreadOf(took).max,
    pixels: await page.evaluate<number>('scrollY'),
  };
};
