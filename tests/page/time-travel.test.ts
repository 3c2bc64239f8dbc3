import { testChromium } from '@stance/test-services/chromium';
import { describe, expect, test } from 'vitest';

import type { PageService } from './support/page-service.ts';
import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';
import { voteOf } from './support/vote.ts';

const { missing, note } = testChromium();

/** After the first words were recorded, and before the later ones. */
let between = '';

/** Somebody who went over in 2022, which was recorded later. */
const recordTurn = async (service: PageService): Promise<void> => {
  await service.say(voteOf('ann', 'tax', 'support', '2020-01-01'));
  between = new Date().toISOString();
  await service.say(voteOf('ann', 'tax', 'oppose', '2022-05-01'));
};

describe.skipIf(missing !== null)(`time travel${note}`, () => {
  const service = useService({ STANCE_SEED: 'none' }, recordTurn);
  const { visit } = useVisitors();
  const now = /support from 1 Jan 2020 to 1 May 2022; oppose since 1 May 2022/;
  const then = /support since 1 Jan 2020$/;

  test('to a day shows what had been said by then, and the address holds the day', async () => {
    const page = await visit(`${service().baseUrl}/actors/ann`);
    await page.getByRole('link', { name: now }).waitFor();
    await page.getByLabel('Said by').fill('2021-01-01');
    await page.getByRole('link', { name: then }).waitFor();
    expect(new URL(page.url()).search).toBe('?at=2021-01-01');
    await page.getByText('said by 1 Jan 2021').waitFor();

    const other = await visit(page.url());
    await other.getByRole('link', { name: then }).waitFor();
    expect(await other.getByLabel('Said by').inputValue()).toBe('2021-01-01');
  });

  test('goes along to the next view', async () => {
    const page = await visit(`${service().baseUrl}/?at=2021-01-01`);
    await page.locator('.changes a[href^="/actors/"]').first().click();
    await page.getByRole('link', { name: then }).waitFor();
    expect(new URL(page.url()).search).toBe('?at=2021-01-01');
  });

  test('is gone back from and forward to as any step is', async () => {
    const page = await visit(`${service().baseUrl}/actors/ann`);
    await page.getByRole('link', { name: now }).waitFor();
    await page.getByLabel('Said by').fill('2021-01-01');
    await page.getByRole('link', { name: then }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: now }).waitFor();
    expect(await page.getByLabel('Said by').inputValue()).toBe('');
    await page.goForward();
    await page.getByRole('link', { name: then }).waitFor();
  });

  test('ends with a button that leads back to now', async () => {
    const page = await visit(`${service().baseUrl}/actors/ann?at=2021-01-01`);
    await page.getByRole('link', { name: then }).waitFor();
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.getByRole('link', { name: now }).waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  test('to what was recorded by an instant leaves out what was not known then, and is not live', async () => {
    const page = await visit(`${service().baseUrl}/actors/ann?knownAt=${encodeURIComponent(between)}`);
    await page.getByRole('link', { name: then }).waitFor();
    await page.getByRole('status').filter({ hasText: 'Looking at the past: not live' }).waitFor();
    await page.getByText(/recorded by \d{1,2} \w{3} \d{4}, \d{2}:\d{2}/).waitFor();
  });

  test('to before anything was recorded finds nobody', async () => {
    const page = await visit(`${service().baseUrl}/actors/ann`, { expects: /404/ });
    await page.getByLabel('Recorded by').fill('2020-01-01');
    await page.getByRole('alert').filter({ hasText: 'There is no such actor' }).waitFor();
    expect(new URL(page.url()).search).toBe('?knownAt=2020-01-01');
  });

  test('to a day that is none is answered in words', async () => {
    const page = await visit(`${service().baseUrl}/actors/ann?at=yesterday`, { expects: /400/ });
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByRole('alert').first().innerText()).not.toBe('');
  });
});

describe.skipIf(missing !== null)(`time travel to before anything was said${note}`, () => {
  const service = useService();
  const { visit } = useVisitors();

  test.each(['2020-01-01', '2020', '2020~', '2019-01-01/2020-01-01', '-0044'])(
    'shows nothing of what came later: %s',
    async (at) => {
      const page = await visit(`${service().baseUrl}/histories/joe-biden/trainers?at=${at}`);
      await page.getByText(/^Nothing that Joe Biden said about this by .* is recorded\.$/).waitFor();
      const told = await page.locator('main').innerText();
      expect(told).not.toContain('One document, two holders');
      expect(told).not.toContain('2024');
      expect(told).not.toContain(String(new Date().getFullYear()));
    },
  );
});
