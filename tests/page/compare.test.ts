import { testChromium } from '@stance/test-services/chromium';
import { describe, expect, test } from 'vitest';

import { useService } from './support/use-service.ts';
import { useVisitors } from './support/visitors.ts';
import { voteOf } from './support/vote.ts';

const { missing, note } = testChromium();

describe.skipIf(missing !== null)(`a comparison${note}`, () => {
  const service = useService({}, async ({ say }) => {
    for (const holder of ['left', 'right']) {
      await say(voteOf(holder, 'pact', 'support', '2020-01-01'));
      await say(voteOf(holder, 'pact', 'oppose', '2021-06-01'));
    }
    await say(voteOf('other', 'pact', 'support', '2020-01-01'));
  });
  const { visit } = useVisitors();

  test('says what is needed where nothing was chosen', async () => {
    const page = await visit(`${service().baseUrl}/compare`);
    await page.getByRole('heading', { level: 1, name: 'Who agrees with whom' }).waitFor();
    await page.getByRole('combobox', { name: 'Add a holder' }).waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
  });

  test('tells in a matrix how often each two agree, in words as well', async () => {
    const page = await visit(`${service().baseUrl}/compare?holders=emmanuel-macron,joe-biden&topic=war-in-ukraine`);
    await page.getByRole('row', { name: 'Emmanuel Macron the same holder 100%, 2 of 2' }).waitFor();
    await page.getByRole('cell', { name: 'support (provisional)' }).getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: /^Joe Biden on / }).waitFor();
  });

  test('tells who moved with whom', async () => {
    const page = await visit(`${service().baseUrl}/compare?holders=left,right,other&proposition=pact`);
    const section = page.locator('section', { has: page.getByRole('heading', { name: 'Who moved with whom' }) });
    await section.waitFor();
    expect(await section.innerText()).toMatch(/left.*right/s);
    expect(await section.innerText()).not.toContain('other');
    await page.getByRole('row', { name: /^left .*100%.*0%/ }).waitFor();
  });

  test('is chosen by name, with the keyboard, and the address holds it', async () => {
    const page = await visit(`${service().baseUrl}/compare?topic=war-in-ukraine&holders=emmanuel-macron`);
    const field = page.getByRole('combobox', { name: 'Add a holder' });
    await field.fill('biden');
    // Others may be offered until it is known whom the words mean.
    await expect.poll(() => page.getByRole('option').allInnerTexts()).toEqual([expect.stringContaining('Joe Biden')]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/holders=emmanuel-macron,joe-biden/);
    await page.getByRole('table').first().waitFor();
    await page.getByRole('button', { name: 'Remove Joe Biden' }).click();
    await page.waitForURL(/holders=emmanuel-macron(&|$)/);
    await page.goBack();
    await page.getByRole('table').first().waitFor();
  });

  test('is of nobody whom nobody knows: what was typed is looked for again', async () => {
    const page = await visit(`${service().baseUrl}/compare?topic=war-in-ukraine`);
    const field = page.getByRole('combobox', { name: 'Add a holder' });
    await field.fill('bid');
    await page.getByRole('option', { name: 'Joe Biden' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('option').count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Joe Biden' }).waitFor();
    expect(new URL(page.url()).searchParams.get('holders')).toBeNull();
  });

  test.each(['nobody-at-all', 'Nobody'])('is of no id that nobody has: %s', async (id) => {
    const page = await visit(`${service().baseUrl}/compare?topic=war-in-ukraine`, { expects: /404/ });
    await page.getByRole('combobox', { name: 'Add a holder' }).fill(id);
    await page.getByText(`Nothing matches “${id}”.`).waitFor();
    const answer = page.waitForResponse(`**/v1/actors/${id}`);
    await page.keyboard.press('Enter');
    expect((await answer).status()).toBe(404);
    expect(new URL(page.url()).searchParams.get('holders')).toBeNull();
  });

  test('is of somebody by an id that no name has in it', async () => {
    await service().send('PUT', '/v1/actors/q-4711', { name: 'Somebody Else', kind: 'person' });
    const page = await visit(`${service().baseUrl}/compare?topic=war-in-ukraine`);
    await page.getByRole('combobox', { name: 'Add a holder' }).fill('q-4711');
    await page.keyboard.press('Enter');
    await page.waitForURL(/holders=q-4711/);
    await page.getByRole('button', { name: 'Remove Somebody Else' }).waitFor();
  });

  test('on a topic calls it by its name, and so does the proposition that stands under it', async () => {
    await service().send('PUT', '/v1/topics/war-in-ukraine', { name: 'The war in Ukraine' });
    const page = await visit(`${service().baseUrl}/compare?holders=emmanuel-macron,joe-biden&topic=war-in-ukraine`);
    await page.getByText('On the topic “The war in Ukraine”').waitFor();
    await page.goto(`${service().baseUrl}/propositions/trainers`);
    await page.getByText('Topics: The war in Ukraine').waitFor();
  });

  test('of somebody who is not there says so', async () => {
    const page = await visit(`${service().baseUrl}/compare?holders=left,nobody&proposition=pact`, { expects: /404/ });
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByRole('alert').first().innerText()).toContain('nobody');
  });
});
