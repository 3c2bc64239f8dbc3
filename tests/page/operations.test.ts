import { testChromium } from '@stance/test-services/chromium';
import { describe, expect, test } from 'vitest';

import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';

const { missing, note } = testChromium();

describe.skipIf(missing !== null)(`the operations${note}`, () => {
  const service = useService();
  const { visit } = useVisitors();

  test('tell how far the service has come, and keep up with it', async () => {
    const page = await visit(`${service().baseUrl}/operations`);
    const position = page.locator('dt:has-text("Has handled the log up to position") + dd');
    await position.waitFor();
    const before = Number(await position.innerText());
    expect(before).toBeGreaterThan(0);
    await service().say({ holder: 'ann', proposition: 'tax', direction: 'support', saidAt: '2024-01-01' });
    await expect.poll(async () => Number(await position.innerText()), { timeout: 10_000 }).toBeGreaterThan(before);
  });

  test('tell what is parked, and which versions of the read model there are', async () => {
    const page = await visit(`${service().baseUrl}/operations`);
    await page.getByText('Nothing is parked.').waitFor();
    await page.getByRole('heading', { name: 'Version 1' }).waitFor();
    await page.getByText('active: serves').waitFor();
  });
});
