import { testChromium } from '@stance/test-services/chromium';
import { describe, expect, test } from 'vitest';

import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';

const { missing, note } = testChromium();

/** What a browser says of a service that is gone. */
const gone = /Failed to load resource|ERR_CONNECTION/;

describe.skipIf(missing !== null)(`what comes in while somebody looks${note}`, () => {
  const service = useService();
  const { visit } = useVisitors();

  test('appears among the latest changes without loading the page anew, and is marked', async () => {
    const page = await visit(service().baseUrl);
    await page
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor();
    await page.locator('.changes > li').first().waitFor();
    expect(await page.locator('.is-new').count()).toBe(0);
    await page.evaluate('window.isSame = true');
    await service().say({ holder: 'a-newcomer', proposition: 'trainers', direction: 'oppose', saidAt: '2024-07-01' });
    const line = page.locator('.is-new');
    await line.waitFor();
    expect(await line.innerText()).toMatch(/new.*a-newcomer.*oppose/s);
    expect(await page.evaluate('window.isSame')).toBe(true);
  });

  test('appears as a band of the proposition that is looked at', async () => {
    const page = await visit(`${service().baseUrl}/propositions/escalation`);
    await page
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor();
    await page.locator('.band-rows a').first().waitFor();
    await service().say({
      holder: 'a-latecomer',
      proposition: 'escalation',
      direction: 'support',
      saidAt: '2024-07-02',
    });
    await page.locator('.band-rows').getByText('a-latecomer').waitFor();
  });

  test('does not change what was known in the past', async () => {
    const before = new Date().toISOString();
    const page = await visit(`${service().baseUrl}/propositions/outside-help?knownAt=${before}`);
    await page.locator('.band-rows a').first().waitFor();
    await page.getByText(/^Topics: /).waitFor();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const other = await visit(`${service().baseUrl}/propositions/outside-help`);
    await other
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor();
    await service().say({
      holder: 'one-more',
      proposition: 'outside-help',
      direction: 'support',
      saidAt: '2024-07-03',
    });
    await other.locator('.band-rows').getByText('one-more').waitFor();
    expect(await page.locator('.band-rows').getByText('one-more').count()).toBe(0);
    expect(asked).toEqual([]);
  });
});

describe.skipIf(missing !== null)(`a service that is killed while somebody looks${note}`, () => {
  const service = useService();
  const { visit } = useVisitors();

  test('is said to be lost; once it is back the page is live again, with what was recorded meanwhile', async () => {
    const page = await visit(service().baseUrl, { expects: gone });
    await page
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor();
    await page.locator('.changes > li').first().waitFor();
    const before = await page.locator('.changes > li').count();

    await service().kill();
    await page
      .getByRole('status')
      .filter({ hasText: /^Connection lost at .*may be out of date/ })
      .waitFor();
    expect(await page.locator('.changes > li').count()).toBe(before);

    await service().startAgain();
    await service().say({ holder: 'meanwhile', proposition: 'trainers', direction: 'support', saidAt: '2024-07-01' });
    await page
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor({ timeout: 30_000 });
    await page.locator('.is-new').filter({ hasText: 'meanwhile' }).waitFor();
  }, 60_000);

  test.each([
    ['the present', () => ''],
    ['the past', () => `?knownAt=${new Date().toISOString()}`],
  ])(
    'is asked again by itself once it is back, where it could not answer: of %s',
    async (_what, horizon) => {
      const page = await visit(service().baseUrl, { expects: gone });
      await page
        .getByRole('status')
        .filter({ hasText: /^Live$/ })
        .waitFor();
      const view = `/propositions/trainers${horizon()}`;
      await service().kill();
      await page.evaluate(`history.pushState(null, '', '${view}'); dispatchEvent(new PopStateEvent('popstate'))`);
      const alert = page.getByRole('alert').filter({ hasText: 'The service could not answer.' });
      await alert.first().waitFor({ timeout: 30_000 });
      await expect.poll(() => page.getByText('Loading…').count(), { timeout: 30_000 }).toBe(0);
      await service().startAgain();
      await page.locator('.band-rows a').first().waitFor({ timeout: 30_000 });
      await alert.first().waitFor({ state: 'detached' });
    },
    90_000,
  );
});
