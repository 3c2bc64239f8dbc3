import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { testChromium } from '@stance/test-services/chromium';
import { newToken } from '@stance/http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { violationsIn } from './support/axe.ts';
import { startPageService } from './support/page-service.ts';
import type { PageService } from './support/page-service.ts';
import { useVisitors } from './support/visitors.ts';

const { missing, note } = testChromium();
const reader = newToken('reader', ['read']);
const writer = newToken('writer', ['write']);
const refused = /401|403/;

describe.skipIf(missing !== null)(`a service that wants a token${note}`, () => {
  const { visit } = useVisitors();
  let folder = '';
  let service: PageService;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stance-page-'));
    const file = join(folder, 'tokens.json');
    await writeFile(file, JSON.stringify({ tokens: [reader.entry, writer.entry] }));
    service = await startPageService({ STANCE_TOKENS: file });
  }, 60_000);
  afterAll(async () => {
    await service?.stop();
    if (folder !== '') await rm(folder, { recursive: true });
  });

  test('has the page ask for it, and shows what was asked for once it is given', async () => {
    const page = await visit(`${service.baseUrl}/`, { expects: refused });
    await page.getByRole('heading', { name: 'A token is needed' }).waitFor();
    expect(await violationsIn(page)).toEqual([]);
    await page.getByLabel('Token').fill(reader.token);
    await page.getByRole('button', { name: 'Give it' }).click();
    await page.locator('.changes > li').first().waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor();
    expect(page.url()).not.toContain(reader.token);

    await page.reload();
    await page.locator('.changes > li').first().waitFor();
  });

  test('asks once, though a view has several parts', async () => {
    const page = await visit(`${service.baseUrl}/actors/joe-biden`, { expects: refused });
    await page.getByRole('heading', { name: 'A token is needed' }).first().waitFor();
    await expect.poll(() => page.getByText('Loading…').count()).toBe(0);
    expect(await page.getByLabel('Token').count()).toBe(1);
  });

  test('tells a tab without a token nothing of what another one hears', async () => {
    const page = await visit(`${service.baseUrl}/`, { expects: refused });
    await page.getByLabel('Token').fill(reader.token);
    await page.getByRole('button', { name: 'Give it' }).click();
    const live = { hasText: /^Live$/ };
    await page.getByRole('status').filter(live).waitFor();
    const other = await visit(`${service.baseUrl}/`, { expects: refused, beside: page });
    await other
      .getByRole('status')
      .filter({ hasText: /^No live changes/ })
      .waitFor();
    await other.getByLabel('Token').fill(reader.token);
    await other.getByRole('button', { name: 'Give it' }).click();
    await other.getByRole('status').filter(live).waitFor();
    await page.getByRole('status').filter(live).waitFor();
  });

  test.each([
    ['that nobody gave out', 'stance_made-up'],
    ['that may not read', writer.token],
    ['that is none', 'nö such tokén'],
  ])('refuses one %s, and the page says so', async (_what, token) => {
    const page = await visit(service.baseUrl, { expects: refused });
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Give it' }).click();
    await page.getByRole('alert').filter({ hasText: 'That token was refused.' }).waitFor();
    await page.getByLabel('Token').fill(reader.token);
    await page.getByRole('button', { name: 'Give it' }).click();
    await page.locator('.changes > li').first().waitFor();
  });
});
