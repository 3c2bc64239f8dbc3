import { webhookInputSchema } from '@stance/contracts';
import { createAddressRules } from '@stance/webhooks';
import { describe, expect, it } from 'vitest';

import { readDefinition } from '../src/read-definition.ts';

/** Knows `ann` and `tax`. */
const readModel = {
  read: (work: (snapshot: never) => unknown) =>
    Promise.resolve(
      work({
        actorNo: async (id: string) => (id === 'ann' ? 1 : null),
        propositionNo: async (id: string) => (id === 'tax' ? 1 : null),
      } as never),
    ),
} as Parameters<typeof readDefinition>[1]['readModel'];

const read = async (input: unknown, allowed: readonly string[] = []) =>
  readDefinition(webhookInputSchema.parse(input), { rules: createAddressRules(allowed), readModel });
const url = 'https://example.org/hook';

describe('what is said of a webhook', () => {
  it('is taken with its filter in one order, so that the same is the same', async () => {
    expect(
      await read({ url, filter: { kind: ['softening', 'first', 'softening'], holder: 'ann', from: '2022' } }),
    ).toEqual({
      url,
      description: null,
      filter: { holder: 'ann', from: '2022', kinds: ['first', 'softening'] },
      paused: false,
    });
  });

  it.each([
    ['http without anything that is allowed', { url: 'http://example.org/' }, 'url', /must be an https URL/],
    ['an address that is not public', { url: 'https://127.0.0.1/' }, 'url', /no public address/],
    ['the same, in brackets', { url: 'https://[::1]/' }, 'url', /no public address/],
    ['the same, written otherwise', { url: 'https://0x7f.1/' }, 'url', /no public address/],
    ['a day that is none', { url, filter: { from: '2022-13' } }, 'filter.from', /no such date/],
    ['days in the wrong order', { url, filter: { from: '2023', to: '2022' } }, 'filter.from', /must not be after/],
  ])('is refused with %s', async (_what, input, path, message) => {
    await expect(read(input)).rejects.toMatchObject({
      code: 'invalid-input',
      details: { errors: [{ path, message: expect.stringMatching(message) }] },
    });
  });

  it('is refused with a holder or a proposition that there is not', async () => {
    await expect(read({ url, filter: { holder: 'bob' } })).rejects.toMatchObject({ code: 'unknown-actor' });
    await expect(read({ url, filter: { proposition: 'war' } })).rejects.toMatchObject({ code: 'unknown-proposition' });
  });

  it('is taken with http, and a private address, where that is allowed', async () => {
    expect(await read({ url: 'http://10.1.2.3/hook' }, ['10.0.0.0/8'])).toMatchObject({ url: 'http://10.1.2.3/hook' });
    await expect(read({ url: 'http://11.1.2.3/hook' }, ['10.0.0.0/8'])).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  it.each([
    'example.org',
    'ftp://example.org/',
    'https://user:secret@example.org/',
    'https://example.org/#part',
    'https://example.org/#',
    `https://example.org/${'x'.repeat(2000)}`,
    '',
  ])('does not take %j for a URL', (text) => {
    expect(webhookInputSchema.safeParse({ url: text }).success).toBe(false);
  });
});
