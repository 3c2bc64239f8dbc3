import { testChromium } from '@stance/test-services/chromium';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { recordMany } from './support/many-holders.ts';
import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';

const { missing, note } = testChromium();

const scrollOf = (page: Page): Promise<number> => page.evaluate<number>('Math.round(scrollY)');
const focusOf = (page: Page): Promise<string> =>
  page.evaluate<string>(`document.activeElement.getAttribute('href') ?? document.activeElement.id`);

/** Scrolls to one, follows it, and tells where that was. */
const follow = async (page: Page, link: string): Promise<{ readonly scroll: number; readonly href: string }> => {
  const one = page.locator(link);
  await one.scrollIntoViewIfNeeded();
  const href = (await one.getAttribute('href')) ?? '';
  const scroll = await scrollOf(page);
  expect(scroll).toBeGreaterThan(200);
  await one.click();
  await page.waitForURL(`**${href}`);
  await page.locator('.glance li').first().waitFor();
  return { scroll, href };
};

describe.skipIf(missing !== null)(`who goes elsewhere and comes back${note}`, () => {
  const service = useService({}, recordMany);
  const { visit } = useVisitors();
  const open = (address: string): Promise<Page> =>
    visit(`${service().baseUrl}${address}`, { viewport: { width: 900, height: 500 } });

  test.each([
    ['among bands', '/propositions/many', '.band-rows li:nth-child(35) a'],
    ['far down a list', '/?rows=230', '.changes > li:nth-child(90) a.what'],
  ])('is where they were, at the link that they followed: %s', async (_where, address, link) => {
    const page = await open(address);
    const { scroll, href } = await follow(page, link);
    await expect.poll(() => focusOf(page)).toBe('main');
    expect(await scrollOf(page)).toBe(0);
    await page.goBack();
    await expect.poll(() => scrollOf(page)).toBe(scroll);
    await expect.poll(() => focusOf(page)).toBe(href);
  });

  test('is there again after looking at it anew', async () => {
    const page = await open('/propositions/many');
    await page.locator('.band-rows li').last().waitFor();
    await page.mouse.move(400, 300);
    await page.mouse.wheel(0, 700);
    await expect.poll(() => page.evaluate('history.state?.top')).toBeGreaterThan(500);
    const scroll = await scrollOf(page);
    await page.reload();
    await expect.poll(() => scrollOf(page)).toBe(scroll);
  });

  test('and scrolls meanwhile stays where they scroll to', async () => {
    const page = await open('/propositions/many');
    await follow(page, '.band-rows li:nth-child(35) a');
    await page.goBack();
    await expect.poll(() => scrollOf(page)).toBeGreaterThan(200);
    await page.mouse.move(400, 300);
    await page.mouse.wheel(0, -3000);
    await expect.poll(() => scrollOf(page)).toBe(0);
    // More comes in.
    await page.locator('.bands details > summary').last().click();
    await page.getByRole('table').waitFor();
    await page.mouse.wheel(0, -9000);
    await expect.poll(() => scrollOf(page)).toBe(0);
  });

  test.each([
    ['a history from another one', '/histories/joe-biden/trainers', 'a[href^="/histories/us-government/"]'],
    ['somebody from a history', '/histories/joe-biden/trainers', 'main h1 a[href^="/actors/"]'],
  ])('begins at the top of what is new: %s', async (_what, address, link) => {
    const page = await open(address);
    await page.locator(link).first().waitFor();
    await page.mouse.move(400, 300);
    await page.mouse.wheel(0, 9000);
    await expect.poll(() => scrollOf(page)).toBeGreaterThan(200);
    const one = page.locator(link).first();
    const href = (await one.getAttribute('href')) ?? '';
    await one.dispatchEvent('click');
    await page.waitForURL(`**${href}`);
    await expect.poll(() => focusOf(page)).toBe('main');
    expect(await scrollOf(page)).toBe(0);
  });

  test('stays at the same place where only more of the same is asked for', async () => {
    const page = await open('/propositions/many');
    await page.locator('.band-rows li').last().waitFor();
    const summary = page.locator('.bands details > summary').last();
    await summary.scrollIntoViewIfNeeded();
    const scroll = await scrollOf(page);
    await summary.click();
    await page.waitForURL(/table=yes/);
    expect(await scrollOf(page)).toBe(scroll);
    expect(await focusOf(page)).not.toBe('main');
  });
});
