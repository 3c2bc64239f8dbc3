import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { describe, expect, test } from 'vitest';

import { pages } from './reference/pages.ts';

const folder = resolve(import.meta.dirname, '../../docs/reference');

describe('the reference says what the code says (`npm run docs` writes it)', () => {
  // One of them asks every command for its help.
  test.for(Object.entries(pages))('%s', { timeout: 120_000 }, async ([name, page]) => {
    expect(await readFile(resolve(folder, name), 'utf8')).toBe(await page());
  });
});
