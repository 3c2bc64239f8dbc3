import { testChromium } from '@stance/test-services/chromium';
import { describe, expect, test } from 'vitest';

import { howMany, recordMany } from './support/many-holders.ts';
import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';
import { voteOf } from './support/vote.ts';

const { missing, note } = testChromium();

interface Changes {
  readonly items: readonly {
    readonly holder: string;
    readonly holderName?: string;
    readonly proposition: string;
    readonly propositionText?: string;
  }[];
}

describe.skipIf(missing !== null)(`the bands${note}`, () => {
  const service = useService({}, recordMany);
  const { visit } = useVisitors();

  test('of an actor are one for each proposition, each leading to its history', async () => {
    const page = await visit(`${service().baseUrl}/actors/joe-biden`);
    await page.getByRole('heading', { level: 1, name: 'Joe Biden' }).waitFor();
    const rows = page.locator('.band-rows a');
    await rows.first().waitFor();
    const { items } = (await service().ask('/v1/changes?holder=joe-biden')) as Changes;
    expect(new Set(await rows.locator('.band-name').allInnerTexts())).toEqual(
      new Set(items.map(({ propositionText }) => propositionText)),
    );
    const hrefs = await Promise.all((await rows.all()).map((row) => row.getAttribute('href')));
    expect(new Set(hrefs)).toEqual(new Set(items.map(({ proposition }) => `/histories/joe-biden/${proposition}`)));
  });

  test('of a proposition are one for each holder, beneath each other', async () => {
    const page = await visit(`${service().baseUrl}/propositions/trainers`);
    await page.getByRole('heading', { level: 1, name: 'Western military trainers should be sent' }).waitFor();
    const rows = page.locator('.band-rows a');
    await rows.first().waitFor();
    const { items } = (await service().ask('/v1/changes?proposition=trainers')) as Changes;
    expect(new Set(await rows.locator('.band-name').allInnerTexts())).toEqual(
      new Set(items.map(({ holderName }) => holderName)),
    );
  });

  test('say in words what they show, for who does not see them', async () => {
    const page = await visit(`${service().baseUrl}/actors/joe-biden`);
    await page.getByRole('link', { name: /^American soldiers should be sent to Ukraine\. ?: oppose since / }).waitFor();
    await page.getByText(/^Bands of 3 stances from .* to .*Above the line: support/).waitFor({ state: 'attached' });
  });

  test('stand in a table as well, once it is opened', async () => {
    const page = await visit(`${service().baseUrl}/actors/joe-biden`);
    await page.getByText('As a table').click();
    const cells = page.locator('table tr');
    await cells.first().waitFor();
    expect(await cells.count()).toBe(3);
    expect((await cells.allInnerTexts()).join('\n')).toMatch(/American soldiers.*\s+.*oppose since/);
  });

  test('of many are filtered by name, and put into another order', async () => {
    const page = await visit(`${service().baseUrl}/propositions/many`);
    const names = page.locator('.band-rows .band-name');
    await names.first().waitFor();
    expect(await names.count()).toBe(howMany);
    expect(await page.locator('.count').innerText()).toBe(`${howMany} rows`);

    await page.getByLabel('Order').selectOption({ label: 'By name' });
    await expect.poll(() => names.first().textContent()).toBe('holder-0');
    expect(await names.nth(1).textContent()).toBe('holder-1');
    await page.getByLabel('Order').selectOption({ label: 'Most changes first' });
    await expect.poll(() => page.locator('.band-rows li').first().textContent()).toContain('oppose since');

    await page.getByLabel('Filter by name').fill('holder-12');
    await expect.poll(() => names.allTextContents()).toEqual(['holder-12']);
    expect(await page.locator('.count').innerText()).toBe(`1 of ${howMany} rows`);

    // A link shows the same again.
    const again = await visit(page.url());
    await again.locator('.band-rows .band-name').first().waitFor();
    expect(await again.locator('.band-rows .band-name').allTextContents()).toEqual(['holder-12']);
    expect(await again.getByLabel('Order').inputValue()).toBe('steps');
  });

  test.each(['__proto__', 'toString', 'nothing'])(
    'come as ever where the address asks for an order of “%s”',
    async (order) => {
      const page = await visit(`${service().baseUrl}/propositions/many?order=${order}`);
      await page.locator('.band-rows .band-name').first().waitFor();
      expect(await page.getByLabel('Order').inputValue()).toBe('latest');
    },
  );

  test('are drawn above the line for support, and below it for what is opposed', async () => {
    const page = await visit(`${service().baseUrl}/propositions/many`);
    const row = page.locator('.band-rows li').filter({ has: page.getByText('holder-12', { exact: true }) });
    await row.scrollIntoViewIfNeeded();
    const middle = Number(await row.locator('line.middle').getAttribute('y1'));
    const support = row.locator('rect.support');
    expect(Number(await support.getAttribute('y'))).toBeLessThan(middle);
    expect(Number(await row.locator('rect.oppose').getAttribute('y'))).toBe(middle);
    // The one ends where the other begins.
    const right = Number(await support.getAttribute('x')) + Number(await support.getAttribute('width'));
    expect(right).toBeCloseTo(Number(await row.locator('rect.oppose').getAttribute('x')), 0);
  });

  test('say who moved with whom', async () => {
    for (const holder of ['left', 'right']) {
      await service().say(voteOf(holder, 'pact', 'support', '2020-01-01'));
      await service().say(voteOf(holder, 'pact', 'oppose', '2021-06-01'));
    }
    const page = await visit(`${service().baseUrl}/propositions/pact`);
    const together = page.locator('.together li').first();
    await together.waitFor();
    expect(await together.innerText()).toMatch(/oppose.*left.*right/s);
  });

  test('lead elsewhere where too many would have to be compared for that', async () => {
    await service().sayAll(
      Array.from({ length: 251 }, (_, n) => voteOf(`one-${n}`, 'crowded', 'support', '2020-01-01')),
    );
    const page = await visit(`${service().baseUrl}/propositions/crowded`, { expects: /400/ });
    await page.getByText('More than 250 holders').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('link', { name: 'Compare some of them' }).click();
    await page.getByRole('heading', { level: 1, name: 'Who agrees with whom' }).waitFor();
  });
});
