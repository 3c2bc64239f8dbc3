import { testChromium } from '@stance/test-services/chromium';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';
import { voteOf } from './support/vote.ts';

const { missing, note } = testChromium();

/** More than a page of any list but one. */
const many = 60;
/** More than a page of the statements of a history. */
const manyStatements = 250;

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);
const side = (n: number) => (n % 2 === 0 ? 'support' : 'oppose');

const statements = [
  ...numbers(many).flatMap((n) => [
    voteOf('ann', `matter-${n}`, side(n), `${1950 + n}-01-01`),
    // Both go over, on the same matters.
    voteOf('ann', `matter-${n}`, side(n + 1), `${1951 + n}-01-01`),
    voteOf('bob', `matter-${n}`, side(n), `${1950 + n}-01-01`),
    voteOf('bob', `matter-${n}`, side(n + 1), `${1951 + n}-01-01`),
  ]),
  ...numbers(manyStatements).map((n) => voteOf('cat', 'tax', side(n), `${1700 + n}-01-01`)),
  // What is said twice on a day is contested.
  ...numbers(many).flatMap((n) => [
    voteOf('dan', 'tax', 'support', `${1950 + n}-01-01`),
    voteOf('dan', 'tax', 'oppose', `${1950 + n}-01-01`),
  ]),
];

describe.skipIf(missing !== null)(`how far a list is shown${note}`, () => {
  const service = useService({ STANCE_SEED: 'none' }, async ({ send, sayAll }) => {
    await send('PUT', '/v1/topics/all', { name: 'All' });
    for (const n of numbers(many))
      await send('PUT', `/v1/propositions/matter-${n}`, { text: `Matter ${n} matters.`, topics: ['all'] });
    await sayAll(statements);
  });
  const { visit } = useVisitors();
  const open = (address: string): Promise<Page> => visit(`${service().baseUrl}${address}`);

  const lists = [
    ['the latest changes', '/', '.changes > li', 'Show more', [30, 130], 'rows=130'],
    [
      'what was learnt',
      '/between?from=2020-01-01',
      '.difference-history',
      /Show \d+ more histories/,
      [50, 100],
      'rows=100',
    ],
    [
      'the statements of a history',
      '/histories/cat/tax',
      '.statements > ol > li:not(.more)',
      'Show more',
      [200, 250],
      'rows=400',
    ],
    ['the steps of a history', '/histories/cat/tax', '.changes > li', /Show the \d+ before/, [20, 120], 'steps=120'],
    ['the disputes of a history', '/histories/dan/tax', '.dispute', /Show the \d+ before/, [10, 60], 'disputes=60'],
    [
      'who stands where',
      '/compare?holders=ann,bob&topic=all',
      '.standings tbody tr',
      /Show \d+ more/,
      [50, 60],
      'rows=100',
    ],
    [
      'who moved with whom',
      '/compare?holders=ann,bob&topic=all',
      '.together > li',
      /Show \d+ more/,
      [50, 60],
      'moves=100',
    ],
  ] as const;

  test.each(lists)('is held by the address: %s', async (_what, address, row, button, [few, more], extent) => {
    const page = await open(address);
    const rows = page.locator(row);
    await expect.poll(() => rows.count()).toBe(few);
    // Several lists of a page may be shown further.
    const part = page.locator('main, section').filter({ has: rows }).last();
    await part.getByRole('button', { name: button }).click();
    await expect.poll(() => rows.count()).toBe(more);
    expect(page.url()).toContain(extent);

    const other = await open(new URL(page.url()).pathname + new URL(page.url()).search);
    await expect.poll(() => other.locator(row).count()).toBe(more);
  });

  test.each(['nonsense', '0', '-5', '1.5', ''])('is as at first where the address says “%s”', async (rows) => {
    const page = await open(`/?rows=${rows}`);
    await expect.poll(() => page.locator('.changes > li').count()).toBe(30);
  });

  test('shows all where the address says more than there is', async () => {
    const page = await open('/histories/cat/tax?rows=99999999');
    await expect.poll(() => page.locator('.statements > ol > li').count()).toBe(manyStatements);
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
  });

  test('begins at the top for another question', async () => {
    const page = await open('/between?from=2020-01-01&rows=100');
    await expect.poll(() => page.locator('.difference-history').count()).toBe(100);
    await page.getByRole('combobox', { name: 'Show', exact: true }).selectOption('new');
    await page.waitForURL(/only=new/);
    await expect.poll(() => page.locator('.difference-history').count()).toBe(50);
  });

  test('is as it was where one comes back', async () => {
    const page = await open('/');
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => page.locator('.changes > li').count()).toBe(130);
    await page.locator('.changes > li').last().locator('a.what').click();
    await page.locator('.glance').waitFor();
    await page.goBack();
    await expect.poll(() => page.locator('.changes > li').count()).toBe(130);
  });

  test('goes for the bands in words as well', async () => {
    const page = await open('/actors/ann');
    await page.locator('.bands details > summary').last().click();
    await page.waitForURL(/table=yes/);
    const other = await open('/actors/ann?table=yes');
    await expect.poll(() => other.locator('.bands details table tr').count()).toBe(many);
  });
});
