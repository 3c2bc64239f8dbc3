import { testChromium } from '@stance/test-services/chromium';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';
import { voteOf } from './support/vote.ts';

const { missing, note } = testChromium();

/** What a browser says of a service that is gone. */
const gone = /Failed to load resource|ERR_/;

/** A tab that `look` brings to the front, and `leave` to the background: Chromium without a screen shows all of them. */
const seenWhen = (isHidden: boolean): string => `
  let isHidden = ${isHidden};
  Object.defineProperty(Document.prototype, 'hidden', { get: () => isHidden });
  Object.defineProperty(Document.prototype, 'visibilityState', { get: () => (isHidden ? 'hidden' : 'visible') });
  const turn = (next) => () => {
    isHidden = next;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  window.look = turn(false);
  window.leave = turn(true);`;

const isLive = (page: Page, timeout = 10_000): Promise<void> =>
  page
    .getByRole('status')
    .filter({ hasText: /^Live$/ })
    .waitFor({ timeout });

/** Has a page do nothing any more, until the result is called. */
const stick = async (page: Page): Promise<() => Promise<unknown>> => {
  const debuggerOf = await page.context().newCDPSession(page);
  await debuggerOf.send('Debugger.enable');
  const paused = new Promise((resolve) => debuggerOf.once('Debugger.paused', resolve));
  await debuggerOf.send('Debugger.pause');
  await paused;
  return () => debuggerOf.send('Debugger.disable');
};

describe.skipIf(missing !== null)(`several tabs of a browser${note}`, () => {
  const service = useService({}, async ({ sayAll }) => {
    await sayAll([2001, 2002].map((year) => voteOf('ann', 'tax', 'support', `${year}-01-01`)));
  });
  const { visit } = useVisitors();
  const tab = (beside: Page, path = '/', before?: string): Promise<Page> =>
    visit(`${service().baseUrl}${path}`, { beside, expects: gone, ...(before === undefined ? {} : { before }) });
  const first = (path = '/'): Promise<Page> => visit(`${service().baseUrl}${path}`, { expects: gone });
  /** How many streams of changes the service holds. */
  const streams = async (): Promise<number> => {
    const answer = await fetch(`${service().baseUrl}/metrics`);
    return Number(/^stance_changes_stream_readers (\d+)$/m.exec(await answer.text())?.[1]);
  };
  const say = (holder: string, saidAt = '2024-07-01'): Promise<void> =>
    service().say(voteOf(holder, 'trainers', 'oppose', saidAt));
  const line = (page: Page, holder: string) => page.locator('.changes > li').filter({ hasText: holder });

  test('all load, more than the browser has connections, and hear of what comes by one stream', async () => {
    const one = await first('/histories/ann/tax');
    const others: Page[] = [];
    for (let n = 0; n < 7; n += 1) others.push(await tab(one, '/histories/ann/tax'));
    for (const page of [one, ...others]) {
      await page.locator('svg a').first().waitFor();
      await isLive(page);
    }
    const overview = await tab(one);
    await isLive(overview);
    await expect.poll(streams).toBe(1);
    await say('told-to-all');
    await line(overview, 'told-to-all').waitFor();
  }, 60_000);

  test('show a statement that changes no stance in each history within seconds', async () => {
    const one = await first('/histories/ann/tax');
    const tabs = [one, await tab(one, '/histories/ann/tax'), await tab(one, '/histories/ann/tax')];
    for (const page of tabs) await page.locator('svg a').first().waitFor();
    const before = await one.locator('svg a').count();
    const changes = async () => ((await service().ask('/v1/changes?holder=ann')) as { readonly items: unknown }).items;
    const known = await changes();
    await service().say({ ...voteOf('ann', 'tax', 'support', '2003-01-01'), act: 'assert' });
    expect(await changes()).toEqual(known);
    for (const page of tabs)
      await expect.poll(() => page.locator('svg a').count(), { timeout: 20_000 }).toBe(before + 1);
  });

  test('miss nothing where the one with the stream is closed: another one goes on after the last event', async () => {
    const leader = await first();
    await isLive(leader);
    const others = [await tab(leader), await tab(leader)];
    for (const page of others) {
      await isLive(page);
      await page.locator('.changes > li').first().waitFor();
    }
    await leader.close();
    await say('in-between');
    for (const page of others) await line(page, 'in-between').waitFor();
    await say('afterwards');
    for (const page of others) await line(page, 'afterwards').waitFor();
    await expect.poll(streams).toBe(1);
  });

  test('take the stream from one that is stuck', async () => {
    const leader = await first();
    await isLive(leader);
    const other = await tab(leader);
    await isLive(other);
    const goOn = await stick(leader);
    await say('while-stuck');
    await line(other, 'while-stuck').waitFor({ timeout: 20_000 });
    await goOn();
    await line(leader, 'while-stuck').waitFor();
    await say('by-the-other');
    await line(leader, 'by-the-other').waitFor();
    await expect.poll(streams).toBe(1);
  }, 60_000);

  test('miss nothing of what came while all of them were stuck and a new one had not begun to lead', async () => {
    const leader = await first();
    await isLive(leader);
    const other = await tab(leader);
    await isLive(other);
    await line(other, 'Joe Biden').first().waitFor();
    await stick(leader);
    const goOn = await stick(other);
    await say('told-to-nobody');
    const fresh = await tab(leader);
    await isLive(fresh, 20_000);
    await goOn();
    await line(other, 'told-to-nobody').waitFor();
  }, 60_000);

  test('have no stream where they were opened in the background, and what came since once they are looked at', async () => {
    const page = await visit(service().baseUrl, { before: seenWhen(true) });
    await page.locator('.changes > li').first().waitFor();
    await expect.poll(streams).toBe(0);
    const other = await first();
    await isLive(other);
    await say('while-hidden');
    await line(other, 'while-hidden').waitFor();
    expect(await line(page, 'while-hidden').count()).toBe(0);
    await other.close();
    await page.evaluate('look()');
    await line(page, 'while-hidden').waitFor();
    await isLive(page);
  });

  test('take no part once they were out of sight for long, and are told what came meanwhile on return', async () => {
    const leader = await visit(service().baseUrl, { before: seenWhen(false), expects: gone });
    await isLive(leader);
    const other = await tab(leader);
    await isLive(other);
    await leader.clock.install();
    await leader.evaluate('leave()');
    await leader.clock.fastForward(31_000);
    await say('while-away');
    await line(other, 'while-away').waitFor();
    expect(await line(leader, 'while-away').count()).toBe(0);
    await leader.evaluate('look()');
    await leader.locator('.is-new').filter({ hasText: 'while-away' }).waitFor();
    await say('on-return');
    await line(leader, 'on-return').waitFor();
    await expect.poll(streams).toBe(1);
  });

  test('have a stream each where the browser cannot settle which of them leads', async () => {
    const withoutLocks = 'delete Navigator.prototype.locks';
    const one = await visit(service().baseUrl, { before: withoutLocks });
    const other = await tab(one, '/', withoutLocks);
    await isLive(one);
    await isLive(other);
    await expect.poll(streams).toBe(2);
    await say('to-each');
    await line(one, 'to-each').waitFor();
    await line(other, 'to-each').waitFor();
  });

  test('all say that the connection is lost, and hear of statements again after that', async () => {
    const one = await first('/histories/ann/tax');
    // It goes to the history when there is nobody to answer.
    const other = await tab(one);
    for (const page of [one, other]) await isLive(page);
    await one.locator('svg a').first().waitFor();
    const before = await one.locator('svg a').count();
    await service().kill();
    for (const page of [one, other])
      await page
        .getByRole('status')
        .filter({ hasText: /^Connection lost at / })
        .waitFor();
    await other.evaluate(
      `history.pushState(null, '', '/histories/ann/tax'); dispatchEvent(new PopStateEvent('popstate'))`,
    );
    await other.getByRole('alert').first().waitFor({ timeout: 30_000 });
    await service().startAgain();
    for (const page of [one, other])
      await page
        .getByRole('status')
        .filter({ hasText: /^Live$/ })
        .waitFor({ timeout: 30_000 });
    await other.locator('svg a').first().waitFor();
    await service().say({ ...voteOf('ann', 'tax', 'support', '2004-01-01'), act: 'assert' });
    for (const page of [one, other])
      await expect.poll(() => page.locator('svg a').count(), { timeout: 10_000 }).toBe(before + 1);
  }, 90_000);
});
