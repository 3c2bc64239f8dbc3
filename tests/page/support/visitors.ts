import { chromiumFlags, testChromium } from '@stance/test-services/chromium';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

export interface VisitOptions extends BrowserContextOptions {
  /** What the browser may complain of here; a test fails by anything else. */
  readonly expects?: RegExp;
  /** In the window of that page, as another tab. */
  readonly beside?: Page;
  /** Runs in the page before its own scripts do. */
  readonly before?: string;
}

/** Those who look at the page, each in a window that knows nothing of the others where it is not said otherwise. */
export interface Visitors {
  /** Opens an address; what is there may still be coming. */
  visit(url: string, options?: VisitOptions): Promise<Page>;
}

/** What breaks the policy is told like any other error. */
const tellViolations = `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error('against the policy: ' + violatedDirective + ' ' + blockedURI))`;

/** A browser for the tests of a file. Call it in a `describe`: each test there ends with a look at what went wrong. */
export const useVisitors = (): Visitors => {
  let browser: Browser | undefined;
  let complaints: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: testChromium().path, args: [...chromiumFlags] });
  }, 60_000);
  afterEach(async () => {
    await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
    const told = complaints;
    complaints = [];
    expect(told).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
  });
  return {
    visit: async (url, { expects, beside, before, ...options } = {}) => {
      if (browser === undefined) throw new Error('no test has begun yet');
      const context =
        beside?.context() ?? (await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options }));
      context.setDefaultTimeout(10_000);
      const page = await context.newPage();
      await page.addInitScript(tellViolations);
      if (before !== undefined) await page.addInitScript(before);
      const complain = (complaint: string): void => {
        if (expects?.test(complaint) !== true) complaints.push(complaint);
      };
      page.on('console', (message) => {
        if (message.type() === 'error') complain(`${message.text()} (${message.location().url})`);
      });
      page.on('pageerror', (error) => complain(String(error)));
      await page.goto(url);
      return page;
    },
  };
};
