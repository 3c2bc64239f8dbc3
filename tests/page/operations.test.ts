import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

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

describe.skipIf(missing !== null)(`what is parked${note}`, () => {
  const service = useService({ STANCE_SEED: 'none' }, async (started) => {
    const said = { holder: 'ann', proposition: 'tax', direction: 'support', saidAt: '2024-01-01' };
    await started.send('PUT', '/v1/actors/ann', { name: 'Ann Other', kind: 'person' });
    await started.send('PUT', '/v1/propositions/tax', { text: 'The tax should go.' });
    await started.say({ ...said, id: 'bad' });
    await started.say({ ...said, id: 'good' });
    await started.kill();
    // As if a program of tomorrow had written it.
    const log = new DatabaseSync(join(started.folder, 'events.db'));
    log.exec("UPDATE events SET schema_version = 9 WHERE stream = 'statement-bad'");
    log.close();
    for (const end of ['', '-wal', '-shm']) await rm(join(started.folder, `read-model.db${end}`), { force: true });
    await started.startAgain();
  });
  const { visit } = useVisitors();

  test('is told with why, and with the histories that lack it, by their names', async () => {
    const page = await visit(`${service().baseUrl}/operations`);
    const parked = page.locator('.parked');
    await parked.getByRole('heading', { name: 'statement-bad' }).waitFor();
    await parked.getByText('unknown-event-version').waitFor();
    await parked.getByRole('link', { name: 'Ann Other on “The tax should go.”' }).click();
    await page.getByRole('heading', { level: 1, name: /^Ann Other on / }).waitFor();
  });

  test('is taken along as data', async () => {
    const page = await visit(`${service().baseUrl}/operations`);
    const menu = page.locator('section:has(.parked) .menu');
    await menu.getByText('Download').click();
    const button = menu.getByRole('button', { name: 'Data (CSV)' });
    const [got] = await Promise.all([page.waitForEvent('download'), button.click()]);
    expect(got.suggestedFilename()).toBe('parked.csv');
    expect(await readFile(await got.path(), 'utf8')).toMatch(/\r\nstatement-bad,unknown-event-version,.*,ann tax\r\n/);
  });
});
