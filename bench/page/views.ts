/**
 * The page in a real Chromium, over the loaded votes: how soon its first view, the actor with the most propositions and the
 * proposition with the most holders can be used, and how long frames take while those are scrolled.
 */
import { chromiumFlags, chromiumPath } from '@stance/test-services/chromium';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

import { readArguments } from '../http/arguments.ts';
import { load, prepare, published } from '../http/load.ts';
import { withService } from '../http/service.ts';
import { spreadOf } from '../spread.ts';
import { countBusiest } from './busiest.ts';
import { open } from './opening.ts';
import type { Opening } from './opening.ts';
import { scroll } from './scrolling.ts';

/** Each view is opened so often, by a browser that has not seen it. */
const visits = 5;

const given = readArguments();
const counting = countBusiest();
const bodies = await prepare(given, counting.add);
const { holder, propositions, proposition, holders } = counting.busiest();

const measureOpening = async (browser: Browser, opening: Opening) => {
  const opened: { readonly firstMs: number; readonly allMs: number }[] = [];
  for (let visit = 0; visit < visits; visit += 1) {
    const { page, firstMs, allMs } = await open(browser, opening);
    opened.push({ firstMs, allMs });
    await page.context().close();
  }
  return {
    firstMs: spreadOf(opened.map(({ firstMs }) => firstMs)).median,
    slowestMs: spreadOf(opened.map(({ firstMs }) => firstMs)).max,
    allMs: spreadOf(opened.map(({ allMs }) => allMs)).median,
  };
};

const measureScrolling = async (browser: Browser, opening: Opening) => {
  const { page } = await open(browser, opening);
  const frames = await scroll(page);
  await page.context().close();
  return frames;
};

await withService(given.folder, async (service) => {
  const loaded = await load(service.port, bodies);
  await service.passed(loaded);
  await published(service.port, loaded);

  const baseUrl = `http://127.0.0.1:${service.port}`;
  const bands = '.band-rows > li';
  const first: Opening = { url: baseUrl, rows: '.changes > li', count: 30 };
  const actor: Opening = { url: `${baseUrl}/actors/${holder}`, rows: bands, count: propositions };
  const held: Opening = { url: `${baseUrl}/propositions/${proposition}`, rows: bands, count: holders };
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags] });
  try {
    console.log(
      JSON.stringify({
        rows: given.rows,
        propositions,
        holders,
        first: await measureOpening(browser, first),
        actor: { ...(await measureOpening(browser, actor)), ...(await measureScrolling(browser, actor)) },
        proposition: { ...(await measureOpening(browser, held)), ...(await measureScrolling(browser, held)) },
      }),
    );
  } finally {
    await browser.close();
  }
});
