import { testChromium } from '@stance/test-services/chromium';
import { describe, expect, test } from 'vitest';

import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';

const { missing, note } = testChromium();

describe.skipIf(missing !== null)(`a bad address${note}`, () => {
  const service = useService();
  const { visit } = useVisitors();

  test.each([
    ['with too little', '/actors/'],
    ['of a history without a proposition', '/histories/joe-biden'],
    ['with too much', '/actors/joe-biden/more/still'],
    ['with an encoding that breaks off', '/actors/%E0%A4%A'],
    ['with a bare per cent', '/propositions/100%'],
  ])('%s is said to name nothing, and leads back', async (_what, path) => {
    // What even the service cannot read, it refuses itself: then the page is not there at all, but for who was there.
    const page = await visit(service().baseUrl);
    await page.locator('.changes > li').first().waitFor();
    await page.evaluate(
      `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
    );
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('Nothing is at this address');
    await alert.getByRole('link').click();
    await page.locator('.changes > li').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  test.each(['/nothing-here', '/actors', '/histories/joe-biden', '/operations/x'])(
    'of no view leads back also who comes from elsewhere: %s',
    async (path) => {
      const page = await visit(service().baseUrl + path, { expects: /404/ });
      const alert = page.getByRole('alert').filter({ hasText: 'Nothing is at this address' });
      await alert.getByRole('link').click();
      await page.locator('.changes > li').first().waitFor();
    },
  );

  test.each([
    ['/operations/', 'Operations'],
    ['/compare/', 'Who agrees with whom'],
    ['/between/', 'What changed in what we knew'],
    ['/actors/joe-biden/', 'Joe Biden'],
  ])('with a slash too many is taken for the one without: %s', async (path, name) => {
    const page = await visit(service().baseUrl + path);
    await page.getByRole('heading', { level: 1, name }).waitFor();
  });

  test('that breaks off is answered by the service, and never by an empty page', async () => {
    const page = await visit(`${service().baseUrl}/actors/%E0%A4%A`, { expects: /40[04]/ });
    expect((await page.locator('body').innerText()).trim()).not.toBe('');
  });

  test.each([
    ['an actor', '/actors/nobody', 'There is no such actor'],
    ['a proposition', '/propositions/nothing', 'There is no such proposition'],
  ])('of %s that is not there says so once', async (_what, path, words) => {
    const page = await visit(service().baseUrl + path, { expects: /404/ });
    await page.getByRole('alert').filter({ hasText: words }).waitFor();
    await page.waitForLoadState('load');
    expect(await page.getByRole('alert').count()).toBe(1);
    expect(await page.getByText('Loading…').count()).toBe(0);
  });

  test.each([
    '/actors/joe-biden?at=yesterday',
    '/actors/joe-biden?knownAt=yesterday',
    '/propositions/trainers?at=yesterday',
    '/propositions/trainers?knownAt=yesterday',
    '/histories/joe-biden/trainers?at=yesterday',
    '/?knownAt=yesterday',
  ])('with a date that is none says so once, and does not offer to try it again: %s', async (path) => {
    const page = await visit(service().baseUrl + path, { expects: /400/ });
    await page.getByRole('alert').first().waitFor();
    await expect.poll(() => page.getByText('Loading…').count()).toBe(0);
    await expect.poll(() => page.getByRole('alert').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  });

  test.each([
    '/actors/joe-biden',
    '/propositions/trainers',
    '/histories/joe-biden/trainers',
    '/',
    '/between?from=2020-01-01&to=9999-12-31',
    '/compare?holders=joe-biden,emmanuel-macron&topic=war-in-ukraine',
  ])('with a day that is not over says which day can be asked for: %s', async (path) => {
    const page = await visit(`${service().baseUrl}${path}${path.includes('?') ? '&' : '?'}knownAt=9999-12-31`, {
      expects: /400/,
    });
    await page.getByRole('alert').filter({ hasText: 'the last day that can be asked for is yesterday' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  });

  test('of an actor of 10,000 letters is refused in words', async () => {
    const page = await visit(`${service().baseUrl}/actors/${'a'.repeat(10_000)}`, { expects: /4\d\d/ });
    await page.getByRole('alert').first().waitFor();
  });

  test('of an actor of 100,000 letters harms nobody', async () => {
    const context = await visit(service().baseUrl, { expects: /4\d\d|ERR_/ });
    const answer = await context.goto(`${service().baseUrl}/actors/${'a'.repeat(100_000)}`).catch(() => null);
    expect(answer === null || answer.status() >= 400).toBe(true);
    await context.goto(service().baseUrl);
    await context.locator('.changes > li').first().waitFor();
  });
});
