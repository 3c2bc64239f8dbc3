import { expect, test } from 'vitest';

import { checkBaseUrl, defaultBaseUrl } from '../../src/client/base-url.ts';

test.each([
  [{}, 'http://127.0.0.1:4000'],
  [{ STANCE_PORT: '5000' }, 'http://127.0.0.1:5000'],
  [{ STANCE_HOST: '0.0.0.0' }, 'http://127.0.0.1:4000'],
  [{ STANCE_HOST: '::' }, 'http://[::1]:4000'],
  [{ STANCE_HOST: 'stances.example', STANCE_PORT: '' }, 'http://stances.example:4000'],
])('the configuration %j of the service says that it is at %s', (env, url) => {
  expect(defaultBaseUrl(env)).toBe(url);
});

test('a path before the calls is kept', () => {
  expect(checkBaseUrl('https://example.org/stance/')).toBe('https://example.org/stance');
});

test.each(['', 'localhost:4000', 'ftp://localhost', 'four thousand'])('"%s" is wrong use', (text) => {
  expect(() => checkBaseUrl(text)).toThrow(expect.objectContaining({ code: 'wrong-use' }));
});
