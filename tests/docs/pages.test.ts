import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { pattern, settled } from './console/alike.ts';
import { stepsOf } from './console/blocks.ts';
import { createReader, startsService } from './console/reader.ts';
import type { Reader } from './console/reader.ts';

const root = resolve(import.meta.dirname, '../..');
const pages = globSync(['README.md', 'docs/**/*.md'], { cwd: root })
  .toSorted()
  .map((name) => ({ name, steps: stepsOf(readFileSync(join(root, name), 'utf8')) }))
  .filter(({ steps }) => steps.length > 0);

type Page = (typeof pages)[number];

const runsAllPages = process.env['CI'] === 'true';
/** Each page has a service started for it: a newcomer waits for the pages that newcomers read. */
const isFirst = ({ name }: Page): boolean => /^(README\.md|docs\/tutorial\/)/.test(name);

const printsWhatItSays = ({ steps }: Page): void => {
  let reader: Reader;
  beforeAll(async () => {
    reader = await createReader();
    if (!steps.some(({ command }) => startsService(command))) await reader.run('npm start');
  });
  afterAll(async () => reader.leave());

  test.for(steps)('line $line: $command', async ({ saves, command, output }) => {
    for (const file of saves) await reader.save(file);
    expect(settled((await reader.run(command)).text)).toMatch(pattern(output));
  });
};

describe.for(pages.filter(isFirst))('$name prints what it says', (page) => {
  printsWhatItSays(page);
});
describe.skipIf(!runsAllPages).for(pages.filter((page) => !isFirst(page)))(
  `$name prints what it says${runsAllPages ? '' : ' (with CI=true)'}`,
  (page) => {
    printsWhatItSays(page);
  },
);
