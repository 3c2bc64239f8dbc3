import { readFile } from 'node:fs/promises';

import { testChromium } from '@stance/test-services/chromium';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { PageService } from './support/page-service.ts';
import { startProxy } from './support/proxy.ts';
import type { Proxy } from './support/proxy.ts';
import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';

const { missing, note } = testChromium();

const script = '<script>window.wasRun = true</script><img src=x onerror="window.wasRun = true">';
const backwards = 'Ann \u202Etac\u202C and \u2067Bob\u2069';
const long = 'w'.repeat(200);
const quote = `</q></blockquote><svg onload="window.wasRun = true">"'&amp;{{1+1}}`;
/** XML has no place for the first two, nor for half a letter, which a name cut anywhere would end with. */
const unwritable = `\uFFFE\uFFFF ${'😀'.repeat(60)}`;
const tenThousand = 'unbroken'.repeat(1_250);
/** The service takes no other addresses than those of the web: the proxy puts another one in its place. */
const address = 'https://example.org/article';

const recordHostile = async (service: PageService): Promise<void> => {
  await service.send('PUT', '/v1/actors/mallory', { name: script, kind: 'person', description: script });
  await service.send('POST', '/v1/actors/mallory/aliases', { name: backwards });
  await service.send('PUT', '/v1/actors/long', { name: long, kind: 'person' });
  await service.send('PUT', '/v1/actors/unwritable', { name: unwritable, kind: 'person' });
  await service.send('PUT', '/v1/propositions/injected', { text: `${script} should be shown.` });
  const said = { proposition: 'injected', direction: 'support', saidAt: '2024-01-01' };
  const source = { url: address, title: script, publisher: script, publishedAt: '2024-01-01' };
  await service.say({ ...said, holder: 'mallory', quote: { exact: quote, directness: 'direct' }, source });
  await service.say({ ...said, holder: 'unwritable' });
  await service.say({ ...said, holder: 'long', quote: { exact: tenThousand, directness: 'direct' } });
};

/** Nothing that was meant as text has become part of the page, and nothing of it has run. */
const isHarmless = async (page: Page): Promise<void> => {
  expect(await page.evaluate('window.wasRun')).toBeUndefined();
  expect(await page.locator('main script, main img, main svg[onload], a[href^="javascript:" i]').count()).toBe(0);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
};

describe.skipIf(missing !== null)(`hostile text is shown as text${note}`, () => {
  const service = useService({ STANCE_SEED: 'none' }, recordHostile);
  const { visit } = useVisitors();
  let proxy: Proxy;
  beforeAll(async () => {
    proxy = await startProxy(service().baseUrl);
    proxy.conduct((body) => body.replaceAll(address, 'javascript:window.wasRun=true//'));
  });
  afterAll(async () => {
    await proxy?.close();
  });

  test.each([
    ['the latest changes', '/'],
    ['what was found', '/?q=script'],
    ['an actor', '/actors/mallory'],
    ['an actor with a name of 200 letters', '/actors/long'],
    ['a proposition', '/propositions/injected'],
    ['a history', '/histories/mallory/injected'],
    ['what we learnt', '/between?from=2020-01-01&holder=mallory'],
    ['a comparison', '/compare?holders=mallory,long'],
  ])('in the view of %s', async (_what, path) => {
    // Who asks for what was known before there was anybody is told so.
    const page = await visit(proxy.baseUrl + path, { expects: /404/ });
    await page
      .getByText(/<script>|w{200}/)
      .first()
      .waitFor({ state: 'attached' });
    await isHarmless(page);
  });

  test('in the words that somebody said', async () => {
    const page = await visit(proxy.baseUrl);
    await page.getByText(quote).waitFor();
    await page.getByText(tenThousand).waitFor();
    await isHarmless(page);
  });

  test('in the words of an address', async () => {
    const page = await visit(`${proxy.baseUrl}/?q=${encodeURIComponent(script)}`);
    await page.locator('main h1').waitFor();
    await expect.poll(() => page.getByText('Loading…').count()).toBe(0);
    expect(await page.getByRole('searchbox').inputValue()).toBe(script);
    await isHarmless(page);
  });

  test('in the title of the window', async () => {
    const page = await visit(`${proxy.baseUrl}/actors/mallory`);
    await page.locator('main h1').waitFor();
    expect(await page.locator('main h1').innerText()).toBe(script);
    await isHarmless(page);
  });

  test.each([
    ['of bands', '/propositions/injected', '.band-rows a'],
    ['of a history', '/histories/unwritable/injected', '.glance li'],
    ['of a comparison', '/compare?holders=mallory,unwritable&proposition=injected', '.agreement'],
  ])('in a picture %s, which others can read all the same', async (_what, path, shown) => {
    const page = await visit(proxy.baseUrl + path);
    await page.locator(shown).first().waitFor();
    await page.getByText('Download').first().click();
    const take = async (button: string): Promise<string> => {
      const [got] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).first().click(),
      ]);
      return readFile(await got.path(), 'utf8');
    };
    const svg = await take('Picture (SVG)');
    const told = await (
      await visit('about:blank')
    ).evaluate<{ readonly faults: number; readonly words: string; readonly scripts: number }>(`(() => {
      const picture = new DOMParser().parseFromString(${JSON.stringify(svg)}, 'image/svg+xml');
      return {
        faults: picture.querySelectorAll('parsererror').length,
        words: picture.documentElement.textContent,
        scripts: picture.querySelectorAll('script, img').length,
      };
    })()`);
    expect(told).toMatchObject({ faults: 0, scripts: 0 });
    expect(told.words).toContain('😀');
    expect(told.words).not.toContain('\uFFFD');
    expect(await take('Picture (PNG)')).toContain('PNG');
  });

  test('with names that turn the direction of writing keeping that to themselves', async () => {
    const page = await visit(`${proxy.baseUrl}/actors/mallory`);
    await page.getByText(backwards).waitFor();
    await isHarmless(page);
  });
});

describe.skipIf(missing !== null)(`the page would run nothing but its own script${note}`, () => {
  const service = useService({ STANCE_SEED: 'none' });
  const { visit } = useVisitors();

  test('though a script came to be in it', async () => {
    const page = await visit(service().baseUrl, { expects: /Content Security Policy|against the policy/ });
    await page.evaluate(`(() => {
      const script = document.createElement('script');
      script.textContent = 'window.wasRun = true';
      document.body.append(script);
      const image = document.createElement('img');
      image.setAttribute('onerror', 'window.wasRun = true');
      image.src = 'https://example.org/x.png';
      document.body.append(image);
      return new Promise((resolve) => addEventListener('securitypolicyviolation', resolve, { once: true })).then(() => null);
    })()`);
    expect(await page.evaluate('window.wasRun')).toBeUndefined();
  });
});
