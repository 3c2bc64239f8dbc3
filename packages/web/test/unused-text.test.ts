import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { expect, test } from 'vitest';

import { english } from '../browser/text/en.ts';

const own = resolve(import.meta.dirname, '..');
const written = ['browser/text/en.ts', 'browser/text/en/**'];
const sources = globSync('{browser,build}/**/*.{ts,tsx}', { cwd: own, exclude: written }).map((path) =>
  readFileSync(resolve(own, path), 'utf8'),
);

/** `const words = text.history;` and `const { tooLarge } = text.compare;`: another name for a part of the texts. */
const alias = /const (?:(\w+)|\{ (\w+) \}) = (text(?:\.\w+)+);/g;

/** The paths of all that a file says, such as `history.part`: of what it looks up by a key, the path before that. */
const saidIn = (source: string): readonly string[] => {
  const aliases = new Map([
    ['text', 'text'],
    ['english', 'text'],
  ]);
  for (const [, name, member, path = ''] of source.matchAll(alias))
    aliases.set(name ?? member ?? '', member === undefined ? path : `${path}.${member}`);
  const names = [...aliases.keys()].join('|');
  const uses = source
    .replace(alias, '')
    .matchAll(new RegExp(String.raw`(?<![\w.])(${names})((?:\s*\.\w+)+|(?=\[))`, 'g'));
  return Array.from(uses, ([, name = '', members = '']) =>
    `${aliases.get(name)}${members.replaceAll(/\s/g, '')}`.replace(/^text\.?/, ''),
  );
};

const leavesOf = (texts: object, path: string): readonly string[] =>
  Object.entries(texts).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? leavesOf(value, `${path}${name}.`) : [`${path}${name}`],
  );

test('the page says all that is written for it to say', () => {
  const said = new Set(sources.flatMap(saidIn));
  const isSaid = (leaf: string): boolean => {
    const parts = leaf.split('.');
    return parts.some((_, end) => said.has(parts.slice(0, end + 1).join('.')));
  };
  expect(leavesOf(english, '').filter((leaf) => !isSaid(leaf))).toEqual([]);
});
