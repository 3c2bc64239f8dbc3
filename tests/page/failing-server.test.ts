import { testChromium } from '@stance/test-services/chromium';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { startProxy } from './support/proxy.ts';
import type { Proxy } from './support/proxy.ts';
import { useService } from './support/use-service.ts';
import { voteOf } from './support/vote.ts';
import { useVisitors } from './support/visitors.ts';

const { missing, note } = testChromium();
const broken = /Failed to load resource|ERR_/;

describe.skipIf(missing !== null)(`a server that fails${note}`, () => {
  const service = useService();
  const { visit } = useVisitors();
  let proxy: Proxy;
  beforeAll(async () => {
    proxy = await startProxy(service().baseUrl);
  });
  beforeEach(() => proxy.conduct('passes'));
  afterAll(async () => {
    await proxy?.close();
  });

  test.each([500, 503, 502])(
    'with %i is told of; what it says later is shown when asked again',
    async (status) => {
      proxy.conduct(status);
      const page = await visit(`${proxy.baseUrl}/actors/joe-biden`, { expects: broken });
      const alert = page.getByRole('alert').first();
      await alert.waitFor({ timeout: 30_000 });
      expect(await alert.innerText()).toContain('The service could not answer.');
      proxy.conduct('passes');
      // Each part of the view that failed has a button of its own.
      await expect.poll(() => page.getByText('Loading…').count(), { timeout: 30_000 }).toBe(0);
      await page.evaluate('for (const again of document.querySelectorAll(".notice button")) again.click()');
      await page.getByRole('heading', { level: 1, name: 'Joe Biden' }).waitFor();
      await page.locator('.band-rows a').first().waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
    },
    60_000,
  );

  test('later on leaves what was shown, and says that it is from before', async () => {
    const page = await visit(`${proxy.baseUrl}/propositions/trainers`, { expects: broken });
    await page.locator('.band-rows a').first().waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    // The stream goes on, and what it tells of is asked for in vain.
    proxy.refuse(500);
    await service().say(voteOf('emmanuel-macron', 'trainers', 'oppose', '2024-09-01'));
    const alert = page.getByRole('alert').filter({ hasText: 'What is shown is from before.' });
    await alert.first().waitFor({ timeout: 30_000 });
    expect(await page.locator('.band-rows a').count()).toBeGreaterThan(0);
  }, 60_000);

  test('by not answering is waited for, and one can go elsewhere meanwhile', async () => {
    proxy.conduct('hangs');
    const page = await visit(`${proxy.baseUrl}/actors/joe-biden`, { expects: broken });
    await page.getByText('Loading…').first().waitFor();
    proxy.conduct('passes');
    await page.getByRole('link', { name: 'Latest changes' }).click();
    await page.locator('.changes > li').first().waitFor();
  }, 60_000);

  test('by answering something else than was asked for is told of', async () => {
    proxy.conduct(() => '<h1>Please log in to this network</h1>');
    const page = await visit(proxy.baseUrl, { expects: broken });
    await page.getByRole('alert').first().waitFor({ timeout: 30_000 });
    // What came is text at most.
    expect(await page.locator('main h1').allInnerTexts()).toEqual(['Latest changes']);
  }, 60_000);
});
