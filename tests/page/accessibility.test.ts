import { testChromium } from '@stance/test-services/chromium';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { violationsIn } from './support/axe.ts';
import { recordMany } from './support/many-holders.ts';
import { useService } from './support/use-service.ts';
import { someViews } from './support/views.ts';
import { useVisitors } from './support/visitors.ts';

const { missing, note } = testChromium();

/** The contrast of the words in each empty field, which axe-core does not look at. */
const placeholderContrasts = (page: Page): Promise<readonly number[]> =>
  page.evaluate<readonly number[]>(`(() => {
    const luminance = (colour) => {
      const parts = colour.match(/\\d+/g).slice(0, 3).map((part) => part / 255);
      const [red, green, blue] = parts.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    return [...document.querySelectorAll('input[placeholder]')].map((field) => {
      const both = [getComputedStyle(field, '::placeholder').color, getComputedStyle(field).backgroundColor];
      const [least, most] = both.map(luminance).sort((a, b) => a - b);
      return (most + 0.05) / (least + 0.05);
    });
  })()`);

describe.skipIf(missing !== null)(`axe-core finds nothing against WCAG 2.2 AA${note}`, () => {
  const service = useService({}, recordMany);
  const { visit } = useVisitors();

  test.each(someViews)('in the view of $name, in light and in dark colours', async ({ path, shown, expects }) => {
    const page = await visit(service().baseUrl + path, expects === undefined ? {} : { expects });
    await page.locator(shown).first().waitFor();
    expect(await violationsIn(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violationsIn(page)).toEqual([]);
  });

  test('with all that can be opened opened', async () => {
    const page = await visit(`${service().baseUrl}/propositions/many?at=2019-01-01`);
    await page.locator('.band-rows a').first().waitFor();
    for (const summary of await page.locator('summary').all()) await summary.click();
    await page.getByRole('table').waitFor();
    expect(await violationsIn(page)).toEqual([]);
  });

  test.each(['light', 'dark'] as const)(
    'in fields that offer names, and in empty ones, in %s colours',
    async (colorScheme) => {
      const page = await visit(`${service().baseUrl}/compare`, { colorScheme });
      const field = page.getByRole('combobox', { name: 'Add a holder' });
      await field.waitFor();
      const contrasts = await placeholderContrasts(page);
      expect(contrasts).toHaveLength(4);
      expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(4.5);
      await field.fill('biden');
      await page.getByRole('option', { name: 'Joe Biden' }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.getByRole('option', { selected: true }).waitFor();
      expect(await violationsIn(page)).toEqual([]);
    },
  );
});
