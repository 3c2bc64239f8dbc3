import { testChromium } from '@stance/test-services/chromium';
import { describe, expect, test } from 'vitest';

import { violationsIn } from './support/axe.ts';
import { recordMany } from './support/many-holders.ts';
import { useService } from './support/use-service.ts';
import { someViews } from './support/views.ts';
import { useVisitors } from './support/visitors.ts';

const { missing, note } = testChromium();

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
});
