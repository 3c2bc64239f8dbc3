/** `npm run screenshots`: draws each view, in light and dark, into docs/images. */
import { mkdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { chromiumFlags, testChromium } from '@stance/test-services/chromium';
import { chromium } from 'playwright-core';

import { runStance } from '../support/command.ts';
import { testData } from '../support/test-data.ts';
import { startPageService } from './support/page-service.ts';

const folder = resolve(import.meta.dirname, '../../docs/images');
const mostBytes = 150_000;
/** The tallest picture, in pixels: what is further down is for who looks at the page itself. */
const size = { width: 1100, height: 860 };

const { path, missing } = testChromium();
if (missing !== null) throw new Error(missing);

const service = await startPageService();
const votes = testData('un-votes/un_cuba_embargo.ndjson');
const hasVotes = votes.missing === null;
if (hasVotes) await runStance('import', 'un-cuba-embargo', votes.file, '--url', service.baseUrl);

/** Of each, what is there once it is drawn. */
const pictures = [
  { name: 'overview', at: '/', shown: '.changes > li' },
  { name: 'search', at: '/?q=selensky', shown: '.found a' },
  { name: 'actor', at: '/actors/joe-biden', shown: '.band-rows a' },
  { name: 'proposition', at: `/propositions/${hasVotes ? 'un-cuba-embargo' : 'trainers'}`, shown: '.band-rows a' },
  { name: 'history', at: '/histories/joe-biden/trainers', shown: '.glance li' },
  { name: 'headline', at: '/histories/us-government/trainers', shown: '.glance li' },
  { name: 'between', at: '/between?from=2020-01-01&proposition=trainers', shown: 'main a[href^="/histories/"]' },
  {
    name: 'compare',
    at: '/compare?holders=emmanuel-macron,joe-biden,us-government&topic=war-in-ukraine',
    shown: 'main table',
  },
  { name: 'operations', at: '/operations', shown: 'main h2' },
] as const;

const browser = await chromium.launch({ executablePath: path, args: [...chromiumFlags] });
await mkdir(folder, { recursive: true });
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport: size, colorScheme, locale: 'en-GB', timezoneId: 'UTC' });
    const page = await context.newPage();
    for (const { name, at, shown } of pictures) {
      await page.goto(service.baseUrl + at);
      await page.locator(shown).first().waitFor();
      await page.waitForLoadState('load');
      const file = resolve(folder, `page-${name}-${colorScheme}.png`);
      const end = await page.evaluate<number>('Math.ceil(document.body.getBoundingClientRect().bottom) + 16');
      const height = Math.min(size.height, end);
      await page.screenshot({ path: file, animations: 'disabled', clip: { x: 0, y: 0, width: size.width, height } });
      const { size: bytes } = await stat(file);
      process.stdout.write(`${file}: ${Math.ceil(bytes / 1000)} kB\n`);
      if (bytes > mostBytes) throw new Error(`${file} is larger than ${mostBytes} bytes`);
    }
  }
} finally {
  await browser.close();
  await service.stop();
}
