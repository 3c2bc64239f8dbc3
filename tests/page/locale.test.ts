import { testChromium } from '@stance/test-services/chromium';
import { describe, expect, test } from 'vitest';

import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';
import { voteOf } from './support/vote.ts';

const { missing, note } = testChromium();

/** Of words that people wrote and of ids it is not ours to write them otherwise. */
const given = 'q, blockquote, code, a[href*="statement="], input';

describe.skipIf(missing !== null)(`dates and numbers${note}`, () => {
  const service = useService();
  const { visit } = useVisitors();

  test.each([
    ['/histories/joe-biden/american-soldiers', '.changes > li'],
    ['/histories/joe-biden/trainers', '.changes > li'],
    ['/actors/joe-biden?table=yes', '.band-rows li'],
    ['/', '.changes > li'],
    ['/between?from=2020-01-01', '.difference'],
    ['/compare?holders=emmanuel-macron,joe-biden&topic=war-in-ukraine', '.standings td'],
    ['/?at=2024-06-08&knownAt=8', '.horizon output'],
    ['/operations', '.version-list dl'],
  ])('are as the reader writes them: %s', async (address, ready) => {
    const page = await visit(`${service().baseUrl}${address}`, { locale: 'de-DE', expects: /400|422/ });
    await page.locator(ready).first().waitFor();
    await page.evaluate(`document.querySelectorAll('main details').forEach((each) => { each.open = true; })`);
    const told = await page.evaluate(`(() => {
      const copy = document.body.cloneNode(true);
      for (const words of copy.querySelectorAll(${JSON.stringify(given)})) words.remove();
      const labels = [...copy.querySelectorAll('[aria-label]')].map((each) => each.getAttribute('aria-label'));
      return [copy.textContent, ...labels].join('\\n');
    })()`);
    expect(told).not.toMatch(/\d{4}-\d{2}/);
    expect(told).not.toMatch(/\b0\.\d/);
    expect(told).toMatch(/\d{1,2}\.(?:\d{1,2}\.| ?\p{L})/u);
  });

  test('need a script, and who runs none is told so', async () => {
    const page = await visit(service().baseUrl, { javaScriptEnabled: false });
    expect(await page.title()).toBe('Stance tracker');
    expect(await page.locator('body').innerText()).toContain('This page needs JavaScript.');
  });

  test('have their thousands told apart, wherever something is counted', async () => {
    await service().sayAll(
      Array.from({ length: 1100 }, (_, n) => voteOf('everywhere', `matter-${n}`, 'support', '1990-03-01')),
    );
    const page = await visit(`${service().baseUrl}/actors/everywhere`, { locale: 'de-DE', expects: /404/ });
    await page.getByText('1.100 rows', { exact: true }).waitFor();
    await page.getByText(/^Bands of 1\.100 stances/).waitFor({ state: 'attached' });
    await page.getByLabel('Filter by name').fill('matter-1');
    await page.getByText(/^\d{3} of 1\.100 rows$/).waitFor();
    await page.goto(`${service().baseUrl}/between?from=1&holder=everywhere`);
    await page.getByText('1.100 new, 0 gone, 0 told otherwise, in 1.100 histories.').waitFor();
  });
});
