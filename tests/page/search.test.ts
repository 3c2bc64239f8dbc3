import { testChromium } from '@stance/test-services/chromium';
import { describe, expect, test } from 'vitest';

import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';

const { missing, note } = testChromium();

describe.skipIf(missing !== null)(`a search${note}`, () => {
  const service = useService();
  const { visit } = useVisitors();

  test.each(['Zelensky', 'Selensky', 'Zelenskyy', 'selen'])(
    'for “%s” finds Volodymyr Zelensky, and tells his other names',
    async (words) => {
      const page = await visit(service().baseUrl);
      await page.getByRole('searchbox', { name: 'Search actors and propositions' }).fill(words);
      const found = page.locator('.found li').filter({ hasText: 'Volodymyr Zelensky' });
      await found.waitFor();
      expect(await found.innerText()).toContain('also Volodymyr Selensky, Volodymyr Zelenskyy');
      await found.getByRole('link').click();
      await page.getByRole('heading', { level: 1, name: 'Volodymyr Zelensky' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/actors/volodymyr-zelensky');
    },
  );

  test('finds propositions by their words', async () => {
    const page = await visit(service().baseUrl);
    await page.getByRole('searchbox').fill('trainers');
    const links = page.locator('.found a');
    await links.first().waitFor();
    expect(new Set(await links.allInnerTexts())).toEqual(
      new Set([
        'Western military trainers should be sent to Ukraine.',
        'The United States should take part in a mission of Western military trainers in Ukraine.',
      ]),
    );
  });

  test('says so where it finds nothing', async () => {
    const page = await visit(service().baseUrl);
    await page.getByRole('searchbox').fill('nobody of that name');
    await page.getByText('Nothing matches “nobody of that name”.').waitFor();
  });

  test('stands in the address: it can be opened, gone back from and gone forward to', async () => {
    const page = await visit(service().baseUrl);
    await page.getByRole('searchbox').fill('Biden');
    await page.waitForURL('**/?q=Biden');
    await page.locator('.found').getByRole('link', { name: 'Joe Biden' }).click();
    await page.getByRole('heading', { level: 1, name: 'Joe Biden' }).waitFor();
    await page.goBack();
    await page.locator('.found').getByRole('link', { name: 'Joe Biden' }).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('Biden');
    await page.goForward();
    await page.getByRole('heading', { level: 1, name: 'Joe Biden' }).waitFor();

    const other = await visit(`${service().baseUrl}/?q=Biden`);
    await other.locator('.found').getByRole('link', { name: 'Joe Biden' }).waitFor();
    expect(await other.getByRole('searchbox').inputValue()).toBe('Biden');
  });

  test('begins on whatever view one is', async () => {
    const page = await visit(`${service().baseUrl}/actors/joe-biden`);
    await page.getByRole('heading', { level: 1, name: 'Joe Biden' }).waitFor();
    await page.getByRole('searchbox').fill('Macron');
    await page.locator('.found').getByRole('link', { name: 'Emmanuel Macron' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Joe Biden' }).waitFor();
  });
});
