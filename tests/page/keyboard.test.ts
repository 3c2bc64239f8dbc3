import { testChromium } from '@stance/test-services/chromium';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';

const { missing, note } = testChromium();

/** Where the keyboard is: what it would act on, and whether that is seen. */
interface Focus {
  readonly name: string;
  readonly isSeen: boolean;
  readonly hasOutline: boolean;
}

const look = `(() => {
  const here = document.activeElement;
  const { left, top, right, bottom } = here.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(here);
  return {
    name: (here.getAttribute('href') ?? here.textContent) || here.getAttribute('placeholder') || here.type,
    isSeen: right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
    hasOutline: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
  };
})()`;

const next = async (page: Page): Promise<Focus> => {
  await page.keyboard.press('Tab');
  return page.evaluate<Focus>(look);
};

/** What one comes by with the key Tab, from the start on, until `last`. */
const wayTo = async (page: Page, last: string): Promise<readonly Focus[]> => {
  const way: Focus[] = [];
  while (way.at(-1)?.name !== last) {
    if (way.length > 100) throw new Error(`never came to ${last}: ${way.map(({ name }) => name).join(', ')}`);
    way.push(await next(page));
  }
  return way;
};

describe.skipIf(missing !== null)(`with the keyboard alone${note}`, () => {
  const service = useService();
  const { visit } = useVisitors();
  const row = '/histories/joe-biden/american-soldiers';
  const actor = async (): Promise<Page> => {
    const page = await visit(`${service().baseUrl}/actors/joe-biden`);
    await page.locator('.band-rows a').first().waitFor();
    return page;
  };

  test('one comes by the ways to the views, the search, the dates, the downloads and each row, in this order', async () => {
    const names = (await wayTo(await actor(), row)).map(({ name }) => name);
    const wanted = [
      '#main',
      '/',
      '/compare',
      '/between',
      '/operations',
      'A name or some words',
      'date',
      'Download',
      row,
    ];
    const order = wanted.map((name) => names.indexOf(name));
    expect(order, names.join(', ')).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test('one always sees where one is', async () => {
    const way = await wayTo(await actor(), row);
    expect(way.filter(({ isSeen, hasOutline }) => !isSeen || !hasOutline)).toEqual([]);
  });

  test('one skips to the content', async () => {
    const page = await actor();
    expect(await next(page)).toEqual({ name: '#main', isSeen: true, hasOutline: true });
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('main');
    expect(await next(page)).toMatchObject({ name: 'Download' });
  });

  test('one opens what a row leads to, and begins there at the content', async () => {
    const page = await actor();
    await wayTo(page, row);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${row}`);
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('main');
  });

  test('one opens the downloads, the legend and the table', async () => {
    const page = await actor();
    await wayTo(page, 'Download');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Data (CSV)' }).waitFor();
    expect(await next(page)).toMatchObject({ name: 'Picture (SVG)', isSeen: true });
    await wayTo(page, 'What the marks mean');
    await page.keyboard.press('Space');
    await page.getByText('hatched: provisional, not confirmed yet').waitFor();
    await wayTo(page, 'As a table');
    await page.keyboard.press('Enter');
    await page.getByRole('table').waitFor();
  });

  test('one searches, and goes to what was found', async () => {
    const page = await visit(service().baseUrl);
    await page.locator('.changes > li').first().waitFor();
    await wayTo(page, 'A name or some words');
    await page.keyboard.type('selensky');
    await page.locator('.found a').first().waitFor();
    await wayTo(page, '/actors/volodymyr-zelensky');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Volodymyr Zelensky' }).waitFor();
  });
});
