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

  test('to a month is told as the reader writes months', async () => {
    const page = await visit(`${service().baseUrl}/actors/ann?at=2021-06`);
    await page.getByRole('link', { name: then }).waitFor();
    await page.getByText('said by June 2021').waitFor();
  });

  test('takes a year that is typed slowly once it is whole, and is one step', async () => {
    const page = await visit(`${service().baseUrl}/actors/ann`);
    await page.getByRole('link', { name: now }).waitFor();
    await page.clock.install();
    await page.getByLabel('Said by').focus();
    for (const digit of '0101202') {
      await page.keyboard.press(digit);
      await page.clock.runFor(1000);
      expect(new URL(page.url()).search).toBe('');
    }
    await page.keyboard.press('1');
    await page.clock.runFor(1000);
    await page.getByRole('link', { name: then }).waitFor();
    expect(new URL(page.url()).search).toBe('?at=2021-01-01');
    await page.goBack();
    await page.getByRole('link', { name: now }).waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  test('takes a day as soon as one leaves the field, of whatever year', async () => {
    const page = await visit(`${service().baseUrl}/actors/ann`);
    await page.getByRole('link', { name: now }).waitFor();
    await page.clock.install();
    await page.getByLabel('Said by').focus();
    await page.keyboard.type('01010020');
    await page.getByLabel('Recorded by').focus();
    await page.waitForURL(/at=0020-01-01/);
  });

  test('is offered to the days that are over, and to no day that the service refuses', async () => {
    const page = await visit(`${service().baseUrl}/actors/ann`);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    expect(await page.getByLabel('Recorded by').getAttribute('max')).toBe(yesterday);
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
    const inWords = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
    await page.getByText(`recorded by ${inWords.format(new Date(between))}`).waitFor();
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

  test('does not say that nothing is recorded', async () => {
    const page = await visit(`${service().baseUrl}/?at=1990-01-01`);
    await page.getByText('No change had come about by then.').waitFor();
  });
});
