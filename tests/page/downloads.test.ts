import { readFile } from 'node:fs/promises';

import { testChromium } from '@stance/test-services/chromium';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { howMany, recordMany } from './support/many-holders.ts';
import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';
import { voteOf } from './support/vote.ts';

const { missing, note } = testChromium();

interface Saved {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The lines of a CSV. */
const decoded = (csv: Buffer): readonly string[] => new TextDecoder().decode(csv).trimEnd().split('\r\n');

/** Width and height of a PNG, from its first chunk. */
const sizeOf = (png: Buffer): readonly [number, number] => [png.readUInt32BE(16), png.readUInt32BE(20)];

/** Whether anything is drawn in the lowest rows of points of a picture. */
const hasLowerEnd = (page: Page, png: Buffer, rows: number): Promise<boolean> =>
  page.evaluate<boolean>(`(async () => {
    const bytes = Uint8Array.fromBase64(${JSON.stringify(png.toString('base64'))});
    const [width, height] = ${JSON.stringify(sizeOf(png))};
    const part = await createImageBitmap(new Blob([bytes]), 0, height - ${rows}, width, ${rows});
    const context = new OffscreenCanvas(width, ${rows}).getContext('2d');
    context.drawImage(part, 0, 0);
    return context.getImageData(0, 0, width, ${rows}).data.some((value) => value < 128);
  })()`);

const download = async (page: Page, button: string): Promise<Saved> => {
  await page.locator('.band-rows a').first().waitFor();
  const menu = page.locator('.bands .menu');
  const wanted = menu.getByRole('button', { name: button });
  if (!(await wanted.isVisible())) await menu.getByText('Download').click();
  const [got] = await Promise.all([page.waitForEvent('download'), wanted.click()]);
  return { name: got.suggestedFilename(), bytes: await readFile(await got.path()) };
};

describe.skipIf(missing !== null)(`a view is taken along${note}`, () => {
  const service = useService({}, async (started) => {
    await recordMany(started);
    await started.sayAll(
      ['left', 'right'].flatMap((holder) => [
        voteOf(holder, 'pact', 'support', '2020-01-01'),
        voteOf(holder, 'pact', 'oppose', '2021-06-01'),
      ]),
    );
  });
  const { visit } = useVisitors();

  test('as a picture of lines that stands alone: it is XML, with the names, and draws the bands', async () => {
    const page = await visit(`${service().baseUrl}/actors/joe-biden`);
    const { name, bytes } = await download(page, 'Picture (SVG)');
    expect(name).toBe('joe-biden.svg');
    const svg = bytes.toString('utf8');
    // The page's own policy would not have it shown in the page.
    const elsewhere = await visit('about:blank');
    const told = await elsewhere.evaluate<{
      root: string;
      faults: number;
      text: string;
      bands: number;
      scripts: number;
    }>(`(() => {
      const picture = new DOMParser().parseFromString(${JSON.stringify(svg)}, 'image/svg+xml');
      return {
        root: picture.documentElement.namespaceURI,
        faults: picture.querySelectorAll('parsererror').length,
        text: picture.documentElement.textContent,
        bands: picture.querySelectorAll('rect.span, rect.provisional').length,
        scripts: picture.querySelectorAll('script, [href^="http"]').length,
      };
    })()`);
    expect(told).toMatchObject({ root: 'http://www.w3.org/2000/svg', faults: 0, bands: 3, scripts: 0 });
    // A name that is too long for its place is shortened.
    expect(told.text).toContain('American soldiers should be sent to Ukr');
  });

  test('as a picture of points, twice as fine, whose size is that of the picture of lines', async () => {
    const page = await visit(`${service().baseUrl}/actors/joe-biden`);
    const lines = (await download(page, 'Picture (SVG)')).bytes.toString('utf8');
    const [, width, height] = /<svg[^>]* width="(\d+)" height="(\d+)"/.exec(lines) ?? [];
    const { name, bytes } = await download(page, 'Picture (PNG)');
    expect(name).toBe('joe-biden.png');
    expect(bytes.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
    expect(sizeOf(bytes)).toEqual([2 * Number(width), 2 * Number(height)]);
  });

  test('as a picture of many rows too', async () => {
    const page = await visit(`${service().baseUrl}/propositions/many`);
    const { bytes } = await download(page, 'Picture (PNG)');
    expect(sizeOf(bytes)[1]).toBeGreaterThan(howMany * 50);
  });

  test('as CSV, a row for each span', async () => {
    const page = await visit(`${service().baseUrl}/propositions/many`);
    const { name, bytes } = await download(page, 'Data (CSV)');
    expect(name).toBe('many.csv');
    const [head, ...rows] = decoded(bytes);
    expect(head).toBe('holder,holderName,proposition,propositionText,direction,strength,from,to,status');
    expect(rows).toHaveLength(howMany + Math.ceil(howMany / 3));
    expect(rows).toContain('holder-12,holder-12,many,many,support,,1992-03-01,1997-04-01,confirmed');
    expect(rows).toContain('holder-12,holder-12,many,many,oppose,,1997-04-01,,confirmed');
  });

  test('as NDJSON, a line for each change as the service tells it', async () => {
    const page = await visit(`${service().baseUrl}/actors/joe-biden`);
    const { name, bytes } = await download(page, 'Data (NDJSON)');
    expect(name).toBe('joe-biden.ndjson');
    const lines = bytes
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly id: string });
    const { items } = (await service().ask('/v1/changes?holder=joe-biden')) as { readonly items: readonly unknown[] };
    expect(lines).toHaveLength(items.length);
    expect(items).toEqual(expect.arrayContaining(lines));
  });

  test.each([
    ['the latest changes', '/', '.changes > li', 'changes', /^id,holder,holderName,/],
    ['what was found', '/?q=ukraine', '.found a', 'found', /^what,id,name,aliases$/],
    ['what was learnt', '/between?from=0', '.difference-history', 'what-we-learnt', /^mark,known,id,holder,/],
  ])('of %s as data alone: there is no picture', async (_what, path, shown, file, head) => {
    const page = await visit(`${service().baseUrl}${path}`);
    await page.locator(shown).first().waitFor();
    await page.getByText('Download').click();
    expect(await page.getByRole('button', { name: 'Picture (SVG)' }).count()).toBe(0);
    const button = page.getByRole('button', { name: 'Data (CSV)' });
    const [got] = await Promise.all([page.waitForEvent('download'), button.click()]);
    expect(got.suggestedFilename()).toBe(`${file}.csv`);
    const [first, ...rows] = decoded(await readFile(await got.path()));
    expect(first).toMatch(head);
    expect(rows.length).toBeGreaterThan(3);
  });

  test.each([
    [
      'who stands where',
      '/compare?proposition=many',
      'section:has(h2:text("stands"))',
      'standings-many',
      /^proposition,.*,since$/,
    ],
    [
      'who moved with whom',
      '/compare?proposition=pact',
      'section:has(h2:text("moved"))',
      'moves-pact',
      /^move,.*,days$/,
    ],
    ['the projections', '/operations', 'main', 'projections', /^name,version,state,/],
    ['the versions', '/operations', 'section:has(h2:text("Versions"))', 'versions', /^version,state,/],
  ])('of %s by its own menu', async (_what, path, where, file, head) => {
    const page = await visit(`${service().baseUrl}${path}`);
    const menu = page.locator(where).locator('.menu').first();
    await menu.getByText('Download').click();
    const button = menu.getByRole('button', { name: 'Data (CSV)' });
    const [got] = await Promise.all([page.waitForEvent('download'), button.click()]);
    expect(got.suggestedFilename()).toBe(`${file}.csv`);
    const [first, ...rows] = decoded(await readFile(await got.path()));
    expect(first).toMatch(head);
    expect(rows.length).toBeGreaterThan(0);
  });

  test('from a menu that Escape closes', async () => {
    const page = await visit(`${service().baseUrl}/actors/joe-biden`);
    await page.locator('.band-rows a').first().waitFor();
    await page.getByText('Download').click();
    const button = page.getByRole('button', { name: 'Print' });
    await button.focus();
    await page.keyboard.press('Escape');
    expect(await button.isVisible()).toBe(false);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Download');
  });

  test('as far as it is filtered', async () => {
    const page = await visit(`${service().baseUrl}/propositions/many`);
    await page.getByLabel('Filter by name').fill('holder-12');
    await expect.poll(() => page.locator('.band-rows li').count()).toBe(1);
    const { bytes } = await download(page, 'Data (CSV)');
    expect(decoded(bytes)).toHaveLength(3);
  });
});

describe.skipIf(missing !== null)(`a picture of points${note}`, () => {
  const service = useService({ STANCE_SEED: 'none' }, async ({ sayAll }) => {
    const rows = (side: string, count: number) =>
      Array.from({ length: count }, (_, n) => voteOf('everywhere', `${side}-${n}`, 'support', '1990-03-01'));
    await sayAll([...rows('left', 1500), ...rows('right', 900)]);
  });
  const { visit } = useVisitors();

  test('that is too large to be twice as fine is less fine, and whole', async () => {
    const page = await visit(`${service().baseUrl}/actors/everywhere?find=left`);
    await page.getByText('1,500 of 2,400 rows').waitFor();
    const lines = (await download(page, 'Picture (SVG)')).bytes.toString('utf8');
    const [, width, height] = /<svg[^>]* width="(\d+)" height="(\d+)"/.exec(lines) ?? [];
    const { bytes } = await download(page, 'Picture (PNG)');
    expect(sizeOf(bytes)).toEqual([Number(width), Number(height)]);
    expect(await hasLowerEnd(await visit('about:blank'), bytes, 60)).toBe(true);
  });

  test('that no browser could hold is not made, and it is said what else to do', async () => {
    const page = await visit(`${service().baseUrl}/actors/everywhere`);
    await page.getByText('2,400 rows').waitFor();
    await page.getByText('Download').click();
    await page.getByRole('button', { name: 'Picture (PNG)' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/too large .*Show less .*SVG/);
  });
});
