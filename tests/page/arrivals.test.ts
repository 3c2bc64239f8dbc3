import { testChromium } from '@stance/test-services/chromium';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { howMany, recordMany } from './support/many-holders.ts';
import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';
import { voteOf } from './support/vote.ts';

const { missing, note } = testChromium();

/** So many changes the list shows at first; there are more. */
const aPage = 30;

describe.skipIf(missing !== null)(`changes that come in while the latest are shown${note}`, () => {
  const service = useService({ STANCE_SEED: 'none' }, recordMany);
  const { visit } = useVisitors();
  const list = (page: Page) => page.locator('main > .changes > li');
  const marked = (page: Page) => page.locator('.is-new');
  const told = (page: Page, words: RegExp) => page.getByRole('status').filter({ hasText: words });
  const open = async (path = '/'): Promise<Page> => {
    const page = await visit(`${service().baseUrl}${path}`);
    await told(page, /^Live$/).waitFor();
    await list(page).first().waitFor();
    return page;
  };
  const say = (holder: string, saidAt: string): Promise<void> =>
    service().say(voteOf(holder, 'many', 'oppose', saidAt));

  test('are marked and said, and no others', async () => {
    const page = await open();
    await say('one-more', '2024-07-01');
    await told(page, /^1 new change since you opened the page$/).waitFor();
    await say('another-one', '2024-07-02');
    await told(page, /^2 new changes since you opened the page$/).waitFor();
    expect(await marked(page).count()).toBe(2);
    expect(await list(page).filter({ hasText: 'new' }).count()).toBe(2);
  });

  test('stand above the list where they are dated before it', async () => {
    const page = await open();
    await say('recorded-late', '1979-05-01');
    const section = page.locator('section', { has: page.getByRole('heading', { name: 'New, of earlier days' }) });
    await section.getByRole('link', { name: 'recorded-late' }).waitFor();
    expect(await section.locator('li').count()).toBe(1);
    expect(await list(page).filter({ hasText: 'recorded-late' }).count()).toBe(0);
    await told(page, /^1 new change /).waitFor();
    await page.getByRole('link', { name: 'recorded-late' }).click();
    await page.getByRole('heading', { level: 1, name: 'recorded-late' }).waitFor();
    await page.goBack();
    await section.getByRole('link', { name: 'recorded-late' }).waitFor();
  });

  test('are marked after more was shown, too', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => list(page).count()).toBeGreaterThan(aPage);
    expect(await marked(page).count()).toBe(0);
    await say('after-more', '2024-07-03');
    await marked(page).filter({ hasText: 'after-more' }).waitFor();
    expect(await marked(page).count()).toBe(1);
  });

  test('are not those that were there before, when one comes back from the past', async () => {
    const page = await open('/?at=1995-06-07');
    await page.getByRole('button', { name: 'Back to now' }).click();
    await list(page)
      .filter({ hasText: `holder-${howMany - 1}` })
      .first()
      .waitFor();
    expect(await marked(page).count()).toBe(0);
  });

  test('are not those that a retraction brings into the list', async () => {
    await service().say({ ...voteOf('taken-back', 'many', 'support', '2024-08-01'), id: 'a-mistake' });
    const page = await open();
    const last = await list(page).last().innerText();
    await service().send('POST', '/v1/statements/a-mistake/retraction', { reason: 'nobody said so' });
    await expect.poll(() => list(page).filter({ hasText: 'taken-back' }).count()).toBe(0);
    expect(await list(page).count()).toBe(aPage);
    expect(await list(page).last().innerText()).not.toBe(last);
    expect(await marked(page).count()).toBe(0);
  });

  test('are neither marked nor said in the past', async () => {
    const page = await open('/?at=2030-01-01');
    await say('while-in-the-past', '2024-08-02');
    await list(page).filter({ hasText: 'while-in-the-past' }).waitFor();
    expect(await marked(page).count()).toBe(0);
    expect(await told(page, /new change/).count()).toBe(0);
  });
});
