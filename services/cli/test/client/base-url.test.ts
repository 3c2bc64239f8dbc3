import { expect, test } from 'vitest';

import { findBaseUrl } from '../../src/client/base-url.ts';

test.each([
  [{}, 'http://127.0.0.1:4000'],
  [{ STANCE_PORT: '5000' }, 'http://127.0.0.1:5000'],
  [{ STANCE_HOST: '0.0.0.0' }, 'http://127.0.0.1:4000'],
  [{ STANCE_HOST: '::' }, 'http://[::1]:4000'],
  [{ STANCE_HOST: 'stances.example', STANCE_PORT: '' }, 'http://stances.example:4000'],
  [{ STANCE_HOST: 'stances.example', STANCE_URL: 'https://example.org/stance/' }, 'https://example.org/stance'],
])('the environment %j says that the service is at %s', (env, url) => {
  expect(findBaseUrl(undefined, env)).toBe(url);
});

test('what is given counts before the environment', () => {
  expect(findBaseUrl('http://localhost:1', { STANCE_URL: 'http://localhost:2' })).toBe('http://localhost:1');
});

test.each<[string | undefined, Record<string, string>, string]>([
  ['', {}, '--url'],
  ['localhost:4000', {}, '--url'],
  ['ftp://localhost', {}, '--url'],
  [undefined, { STANCE_URL: 'four thousand' }, 'STANCE_URL'],
  [undefined, { STANCE_PORT: 'many' }, 'STANCE_PORT'],
])('%j with %j is wrong use, and the message names %s', (given, env, named) => {
  expect(() => findBaseUrl(given, env)).toThrow(
    expect.objectContaining({ code: 'wrong-use', message: expect.stringContaining(named) }),
  );
});
