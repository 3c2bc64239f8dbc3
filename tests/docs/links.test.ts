import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const pages = globSync('**/*.md', { cwd: root, exclude: ['**/node_modules/**', 'data/**'] });

/** The paths of this repository that a page links to or shows. */
const linked = (page: string): string[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))
    .map((target) => target.replace(/#.*$/, ''));

describe('every page links to what is there', () => {
  test.for(pages)('%s', (page) => {
    expect(linked(page).filter((target) => !existsSync(resolve(root, dirname(page), target)))).toEqual([]);
  });
});

describe('every package and service says on one page what it is', () => {
  test.for(globSync('{packages,services}/*', { cwd: root }))('%s', (room) => {
    const lines = readFileSync(join(root, room, 'README.md'), 'utf8').split('\n').length;
    expect(lines).toBeLessThan(100);
  });
});
