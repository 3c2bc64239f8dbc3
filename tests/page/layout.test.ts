import { testChromium } from '@stance/test-services/chromium';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { howMany, recordMany } from './support/many-holders.ts';
import { useService } from './support/use-service.ts';
import { someViews } from './support/views.ts';
import { useVisitors } from './support/visitors.ts';

const { missing, note } = testChromium();

/** What reaches over the right edge of the window. */
const beyondTheEdge = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(`(() => {
    const wide = document.documentElement.scrollWidth;
    if (wide <= innerWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => element.tagName + '.' + (element.getAttribute('class') ?? '') + ' of ' + wide);
  })()`);

describe.skipIf(missing !== null)(`the page fits${note}`, () => {
  const service = useService({}, recordMany);
  const { visit } = useVisitors();
  /** The second is what a window of 1280 pixels has at 200 %. */
  const sizes = [
    { width: 320, height: 568 },
    { width: 640, height: 400 },
  ];
  const many = { name: 'many', path: '/propositions/many', shown: '.band-rows a', expects: undefined };

  test.each([...someViews, many])(
    'on a screen 320 pixels wide, and at 200 %, in the view of $name',
    async ({ path, shown, expects }) => {
      const page = await visit(service().baseUrl + path, expects === undefined ? {} : { expects });
      await page.locator(shown).first().waitFor();
      for (const size of sizes) {
        await page.setViewportSize(size);
        await expect.poll(() => beyondTheEdge(page)).toEqual([]);
      }
      await page.setViewportSize({ width: 320, height: 568 });
      await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true');
      await expect.poll(() => beyondTheEdge(page)).toEqual([]);
    },
  );

  test('the bands keep up with a window that changes its width', async () => {
    const page = await visit(`${service().baseUrl}/actors/joe-biden`);
    const band = page.locator('.band-rows svg').first();
    await band.waitFor();
    const wide = Number(await band.getAttribute('width'));
    await page.setViewportSize({ width: 400, height: 600 });
    await expect.poll(async () => Number(await band.getAttribute('width'))).toBeLessThan(wide);
    expect(await beyondTheEdge(page)).toEqual([]);
  });
});

describe.skipIf(missing !== null)(`the page heeds${note}`, () => {
  const service = useService({}, recordMany);
  const { visit } = useVisitors();

  test.each([
    ['reduce', 'none'],
    ['no-preference', 'arrive'],
  ] as const)('the wish for motion: %s', async (reducedMotion, animation) => {
    const page = await visit(service().baseUrl, { reducedMotion });
    await page
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor();
    await page.locator('.changes > li').first().waitFor();
    await service().say({
      holder: `one-${reducedMotion}`,
      proposition: 'x',
      direction: 'support',
      saidAt: '2025-01-01',
    });
    const line = page.locator('.is-new').first();
    await line.waitFor();
    expect(await page.evaluate('getComputedStyle(document.querySelector(".is-new")).animationName')).toBe(animation);
    expect(await page.evaluate('getComputedStyle(document.querySelector("a")).transitionDuration')).toBe('0s');
  });

  test.each([
    ['light', 'rgb(255, 255, 255)'],
    ['dark', 'rgb(22, 24, 28)'],
  ] as const)('the wish for %s colours', async (colorScheme, ground) => {
    const page = await visit(service().baseUrl, { colorScheme });
    expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe(ground);
  });

  test('that paper cannot be clicked: all rows are printed, and no controls', async () => {
    const page = await visit(`${service().baseUrl}/propositions/many`);
    await page.locator('.band-rows a').first().waitFor();
    await page.emulateMedia({ media: 'print' });
    const rows = page.locator('.band-rows li');
    expect(await rows.count()).toBe(howMany);
    for (const row of [rows.first(), rows.nth(20), rows.last()]) {
      expect(await row.locator('svg').isVisible()).toBe(true);
      expect((await row.boundingBox())?.height).toBeGreaterThan(20);
    }
    const laidOut = 'getComputedStyle(document.querySelector(".band-rows")).contentVisibility';
    expect(await page.evaluate(laidOut)).toBe('visible');
    for (const control of ['nav', 'form', '.menu', 'button', 'input', '.horizon', '.live'])
      expect(await page.locator(`${control} >> visible=true`).count(), control).toBe(0);
  });

  test('how wide paper is, before it is printed on', async () => {
    const page = await visit(`${service().baseUrl}/propositions/many`);
    const widthOfAxis = async (): Promise<number> => Number(await page.locator('.band-axis svg').getAttribute('width'));
    await expect.poll(widthOfAxis).toBeGreaterThan(700);
    const onScreen = await widthOfAxis();
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    const ofPaper = (17 / 2.54) * 96;
    await expect.poll(widthOfAxis).toBeLessThan(ofPaper);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    await expect.poll(widthOfAxis).toBe(onScreen);
  });

  test('that paper is light, and tells which time is travelled to', async () => {
    const page = await visit(`${service().baseUrl}/propositions/many?at=2000-01-01`, { colorScheme: 'dark' });
    await page.locator('.band-rows a').first().waitFor();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe(
      'rgb(255, 255, 255)',
    );
    await page.getByText('said by 1 Jan 2000').waitFor();
  });
});
