import { testChromium } from '@stance/test-services/chromium';
import { describe, expect, test } from 'vitest';

import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';

const { missing, note } = testChromium();

describe.skipIf(missing !== null)(`the first view${note}`, () => {
  const service = useService();
  const { visit } = useVisitors();

  test('tells the latest changes: who, from where to where, on what, and in which words', async () => {
    const page = await visit(service().baseUrl);
    await page.getByRole('heading', { level: 1, name: 'Latest changes' }).waitFor();
    const lines = page.locator('.changes > li');
    await lines.first().waitFor();
    const told = await lines.allInnerTexts();
    const { items } = (await service().ask('/v1/changes')) as { readonly items: readonly unknown[] };
    expect(told).toHaveLength(items.length);
    expect(told.join('\n')).toContain('Joe Biden');
    expect(told.join('\n')).toContain('American soldiers should be sent to Ukraine.');
    expect(told.join('\n')).toContain('America will not be sending soldiers there');
  });

  test('says that nobody flipped: every change of the examples is a first stance', async () => {
    const page = await visit(service().baseUrl);
    await page.locator('.changes > li').first().waitFor();
    const kinds = await page.locator('.changes .chip').allInnerTexts();
    expect(new Set(kinds)).toEqual(new Set(['first stance']));
  });

  test('says that it is live, and what it is called', async () => {
    const page = await visit(service().baseUrl);
    await page
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor();
    expect(await page.title()).toBe('Latest changes · Stance tracker');
  });

  test.each([
    ['the holder', 'a[href^="/actors/"]', /^\/actors\/[a-z-]+$/],
    ['the proposition', 'a[href^="/propositions/"]', /^\/propositions\/[a-z-]+$/],
    ['the history', 'a.what', /^\/histories\/[a-z-]+\/[a-z-]+$/],
  ])('leads from a change to %s, without loading the page anew', async (_what, link, path) => {
    const page = await visit(service().baseUrl);
    await page.evaluate('window.isSame = true');
    await page.locator('.changes > li').first().locator(link).click();
    await page.waitForURL((url) => path.test(url.pathname));
    await page.locator('main h1').waitFor();
    expect(await page.evaluate('window.isSame')).toBe(true);
  });
});
