import { testChromium } from '@stance/test-services/chromium';
import { describe, expect, test } from 'vitest';

import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';
import { voteOf } from './support/vote.ts';

const { missing, note } = testChromium();

/** Between the vote that was recorded first and those that were recorded later. */
let then = '';

describe.skipIf(missing !== null)(`what was learnt between two dates${note}`, () => {
  const service = useService({ STANCE_SEED: 'none' }, async ({ say }) => {
    await say(voteOf('ann', 'tax', 'oppose', '2022-01-01'));
    await say(voteOf('bob', 'tax', 'support', '2020-01-01'));
    then = new Date().toISOString();
    // Of old, and not known before.
    await say(voteOf('ann', 'tax', 'support', '2018-01-01'));
  });
  const { visit } = useVisitors();

  test('is told by history: what is new, and what is told otherwise than before', async () => {
    const page = await visit(`${service().baseUrl}/between?from=${then}`);
    const summary = page.getByRole('status').filter({ hasText: /\d+ new, \d+ gone, \d+ told otherwise/ });
    await summary.waitFor();
    expect(await summary.innerText()).toContain('in one history');
    const list = await page.locator('main').innerText();
    expect(list).toContain('ann');
    expect(list).not.toContain('bob');
  });

  test('is nothing where nothing was recorded since', async () => {
    const page = await visit(`${service().baseUrl}/between?from=${new Date().toISOString()}`);
    await page
      .getByRole('status')
      .filter({ hasText: /0 new, 0 gone|[Nn]othing/ })
      .first()
      .waitFor();
  });

  test('leads to the history as it was known then', async () => {
    const page = await visit(`${service().baseUrl}/between?from=${then}`);
    const link = page.locator('main a[href^="/histories/ann/tax?"]').first();
    await link.waitFor();
    await link.click();
    await page.waitForURL(/knownAt=/);
    await page.locator('.glance li').first().waitFor();
  });

  test('is chosen by two dates, which the address holds', async () => {
    const page = await visit(`${service().baseUrl}/between`);
    await page.getByLabel('Known on').fill('2020-01-01');
    await page.waitForURL(/from=2020-01-01/);
    await page
      .getByRole('status')
      .filter({ hasText: /3 new|new, 0 gone/ })
      .waitFor();
  });

  test('is asked for by what is typed once that is a day', async () => {
    const page = await visit(`${service().baseUrl}/between?from=2024-06-30&to=2025-11-20`, { locale: 'en-US' });
    await page.getByRole('status').filter({ hasText: / → / }).waitFor();
    await page.clock.install();
    const field = page.getByLabel('Known on', { exact: true });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await field.focus();
    // There is no 30 February.
    await page.keyboard.type('02302025');
    await page.clock.runFor(1000);
    expect(new URL(page.url()).search).toBe('?from=2024-06-30&to=2025-11-20');
    await page.getByLabel('And on').focus();
    expect(await field.inputValue()).toBe('2024-06-30');
    // A part of it is gone.
    await field.focus();
    await page.keyboard.press('Delete');
    await page.clock.runFor(1000);
    expect(new URL(page.url()).search).toBe('?from=2024-06-30&to=2025-11-20');
    expect(asked).toEqual([]);
    await page.keyboard.type('02282025');
    await page.clock.runFor(1000);
    await page.waitForURL('**/between?from=2025-02-28&to=2025-11-20');
  });

  test('is the same tomorrow by the address that it had today', async () => {
    const page = await visit(`${service().baseUrl}/`);
    await page.getByRole('link', { name: 'What we learnt' }).click();
    await page.waitForURL(/from=\d{4}-\d{2}-\d{2}$/);
    const aMonthAgo = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
    expect(new URL(page.url()).searchParams.get('from')).toBe(aMonthAgo);
    await page.goBack();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  test('is refused in words where the second date is before the first', async () => {
    const page = await visit(`${service().baseUrl}/between?from=2020-01-02&to=2020-01-01`);
    await page.getByRole('alert').waitFor();
  });
});
