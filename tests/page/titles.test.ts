import { testChromium } from '@stance/test-services/chromium';
import { describe, expect, test } from 'vitest';

import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';

const { missing, note } = testChromium();

describe.skipIf(missing !== null)(`the title${note}`, () => {
  const service = useService();
  const { visit } = useVisitors();

  test.each([
    ['/histories/joe-biden/nothing', 'joe-biden: nothing'],
    ['/actors/nobody', 'nobody'],
    ['/propositions/nothing', 'nothing'],
  ])('of what cannot be shown is made of its ids, and not that of what was there before: %s', async (path, title) => {
    const page = await visit(`${service().baseUrl}/histories/joe-biden/trainers`, { expects: /404/ });
    await expect.poll(() => page.title()).toMatch(/^Joe Biden: Western military trainers/);
    await page.evaluate(`{
      const link = document.createElement('a');
      link.href = ${JSON.stringify(path)};
      document.querySelector('main').append(link);
      link.click();
      link.remove();
    }`);
    await page.getByRole('alert').waitFor();
    expect(await page.title()).toBe(`${title} · Stance tracker`);
  });
});
