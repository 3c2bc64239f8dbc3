import { testChromium } from '@stance/test-services/chromium';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';
import { voteOf } from './support/vote.ts';

const { missing, note } = testChromium();

describe.skipIf(missing !== null)(`a history tells a newcomer${note}`, () => {
  const service = useService();
  const { visit } = useVisitors();
  const glanceAt = async (holder: string): Promise<string> => {
    const page = await visit(`${service().baseUrl}/histories/${holder}/trainers`);
    await page.locator('.glance li').first().waitFor();
    return (await page.locator('.glance').innerText()).replaceAll('\n', ' ');
  };

  test.each(['joe-biden', 'us-government', 'emmanuel-macron'])('that nothing flipped: %s', async (holder) => {
    expect(await glanceAt(holder)).toContain('Nothing flipped');
  });

  test.each(['joe-biden', 'us-government'])('that headline and body disagree: %s', async (holder) => {
    const glance = await glanceAt(holder);
    expect(glance).toMatch(/running text says that Joe Biden supports/);
    expect(glance).toMatch(/headline says that Government of the United States opposes/);
  });

  test('that Kirby spoke for Biden', async () => {
    expect(await glanceAt('joe-biden')).toContain('John Kirby, as spokesperson for Joe Biden');
  });

  test('the two holders of the one document, each with its words and its weight', async () => {
    const page = await visit(`${service().baseUrl}/histories/joe-biden/trainers`);
    const section = page.locator('section', { has: page.getByRole('heading', { name: 'One document, two holders' }) });
    await section.waitFor();
    const told = await section.innerText();
    expect(told).toContain("Biden approves of Macron's position");
    expect(told).toContain("American authorities refute Macron's statement");
    await section.getByRole('link', { name: 'Government of the United States' }).click();
    await page.getByRole('heading', { level: 1, name: /^Government of the United States on / }).waitFor();
  });

  test('why each step happened, with the words that took it', async () => {
    const page = await visit(`${service().baseUrl}/histories/joe-biden/american-soldiers`);
    const section = page.locator('section', { has: page.getByRole('heading', { name: 'Why', exact: true }) });
    await section.waitFor();
    const told = await section.innerText();
    expect(told).toMatch(/first stance\s+confirmed/);
    expect(told).toMatch(/this began with a weight of 0\.9;/);
    expect(told).toContain('It was the case then, and it will continue to be the case');
  });
});

describe.skipIf(missing !== null)(`the marks of a history${note}`, () => {
  const service = useService({}, async ({ say }) => {
    for (const year of [2001, 2002, 2003]) await say(voteOf('ann', 'tax', 'support', `${year}-01-01`));
    await say(voteOf('ann', 'tax', 'oppose', '2004-01-01'));
  });
  const { visit } = useVisitors();
  const words = 'Biden approves of Macron';
  const open = async (path = '/histories/joe-biden/trainers'): Promise<Page> => {
    const page = await visit(service().baseUrl + path);
    await page.locator('svg a').first().waitFor();
    return page;
  };
  const pointedAt = (page: Page) => page.getByRole('region', { name: 'The statement pointed at' });

  test('are one for each statement, and say in words what they show', async () => {
    const page = await open();
    const { items } = (await service().ask('/v1/statements?holder=joe-biden&proposition=trainers')) as {
      readonly items: readonly unknown[];
    };
    expect(await page.locator('svg a').count()).toBe(items.length);
    await page
      .getByRole('link', {
        name: /^supports, 5 – 8 Jun 2024: “Biden approves.*John Kirby, as spokesperson for Joe Biden. Weight 0\.\d+/,
      })
      .first()
      .waitFor();
  });

  test('show their words when they are pointed at', async () => {
    const page = await open();
    await page.locator('svg a').first().hover();
    await pointedAt(page).getByText(words).waitFor();
  });

  test('are reached with the keyboard, one after the other, and show their words then', async () => {
    const page = await open('/histories/ann/tax');
    const count = await page.locator('svg a').count();
    expect(count).toBe(4);
    await page.locator('svg a').first().focus();
    const seen: string[] = [];
    for (let mark = 0; mark < count; mark += 1) {
      seen.push(await page.evaluate<string>('document.activeElement.getAttribute("href")'));
      await pointedAt(page)
        .getByText(/1 Jan 200\d/)
        .first()
        .waitFor();
      await page.keyboard.press('ArrowRight');
    }
    expect(new Set(seen).size).toBe(count);
  });

  test('are come by with Tab', async () => {
    const page = await open();
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate<boolean>('document.activeElement.closest("svg") !== null')) break;
    }
    await pointedAt(page).getByText('supports').waitFor();
    expect(await page.evaluate('document.activeElement.closest("svg") !== null')).toBe(true);
  });

  test('are kept with Enter: then the address holds the statement', async () => {
    const page = await open();
    await page.locator('svg a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/histories/joe-biden/trainers?statement=*');
    await pointedAt(page).getByText(words).waitFor();
    const other = await visit(page.url());
    await pointedAt(other).getByText(words).waitFor();
  });

  test('come in while somebody looks', async () => {
    const page = await open('/histories/ann/tax');
    await page
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor();
    await service().say(voteOf('ann', 'tax', 'support', '2005-01-01'));
    await expect.poll(() => page.locator('svg a').count(), { timeout: 10_000 }).toBe(5);
  });

  test('do not hold a statement of another history: its words are told all the same, and where it belongs', async () => {
    const { items } = (await service().ask('/v1/statements?holder=joe-biden&limit=1')) as {
      readonly items: readonly { readonly id: string; readonly quote: { readonly exact: string } }[];
    };
    const [elsewhere] = items;
    const page = await visit(`${service().baseUrl}/histories/ann/tax?statement=${elsewhere?.id}`);
    const told = page.locator('.chosen');
    await told.getByText(elsewhere?.quote.exact ?? '').waitFor();
    await told.getByRole('link', { name: /^The history it belongs to: / }).click();
    await page.getByRole('heading', { level: 1, name: /^Joe Biden on / }).waitFor();
    await page.locator('.mark-link[aria-current="true"]').waitFor();
  });

  test('do not hold what there is not, and that is said', async () => {
    const page = await visit(`${service().baseUrl}/histories/ann/tax?statement=nothing-of-it`, { expects: /404/ });
    await page.locator('.chosen').getByText('There is no statement “nothing-of-it”').waitFor();
  });

  test('are fewer in the past', async () => {
    const page = await open('/histories/ann/tax?at=2002-06-01');
    expect(await page.locator('svg a').count()).toBe(2);
  });

  test('lead to the histories of others, and back', async () => {
    const page = await open();
    await page
      .getByRole('link', { name: /agrees with another one: Emmanuel Macron/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /^Emmanuel Macron on / }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: /^Joe Biden on / }).waitFor();
  });
});
