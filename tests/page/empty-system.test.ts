import { testChromium } from '@stance/test-services/chromium';
import { describe, expect, test } from 'vitest';

import { violationsIn } from './support/axe.ts';
import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';

const { missing, note } = testChromium();

describe.skipIf(missing !== null)(`a service in which nothing is recorded${note}`, () => {
  const service = useService({ STANCE_SEED: 'none' });
  const { visit } = useVisitors();

  test('says so, and how to begin', async () => {
    const page = await visit(service().baseUrl);
    await page.getByRole('heading', { name: 'Nothing is recorded yet' }).waitFor();
    expect(await page.getByRole('link', { name: 'How to record statements' }).getAttribute('href')).toBe('/docs');
    expect(await violationsIn(page)).toEqual([]);
  });

  test('finds nothing, and says so', async () => {
    const page = await visit(`${service().baseUrl}/?q=anybody`);
    await page.getByText('Nothing matches “anybody”.').waitFor();
  });

  test.each(['/compare', '/between', '/operations'])('has something to show at %s all the same', async (path) => {
    const page = await visit(service().baseUrl + path);
    await page.locator('main h1').waitFor();
    await expect.poll(() => page.getByText('Loading…').count()).toBe(0);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('shows the first change as it comes in', async () => {
    const page = await visit(service().baseUrl);
    await page.getByRole('heading', { name: 'Nothing is recorded yet' }).waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor();
    await service().say({ holder: 'ann', proposition: 'tax', direction: 'support', saidAt: '2024-01-01' });
    await page.locator('.changes > li').filter({ hasText: 'ann' }).waitFor();
    expect(await page.getByText('Nothing is recorded yet').count()).toBe(0);
  });
});
