import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { MethodComparisonAnswer, StanceAnswer } from '@stance/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { documents, runCli, type CliRun } from '../support/run-cli.ts';
import { startService, type Service } from '../support/service.ts';

const ownWords = {
  name: 'own-words',
  version: 2,
  basedOn: 'default',
  authority: { spokesperson: 0.6 },
  least: 0.6,
  reasons: { 'authority.spokesperson': 'One more party.', least: 'Less says nothing.' },
};

let folder: string;
let service: Service;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stance-methods-'));
  const file = join(folder, 'own-words.json');
  await writeFile(file, JSON.stringify(ownWords));
  // The examples are there before it is ready.
  service = await startService({ STANCE_METHODS: file, STANCE_SEED: 'examples' });
});
afterAll(async () => {
  await service.remove();
  await rm(folder, { recursive: true, force: true });
});

const stance = (...args: readonly string[]): Promise<CliRun> => runCli([...args, '--url', service.url]);

describe('compare-methods', () => {
  test('tells which histories differ, by which numbers and statements', async () => {
    const { code, stdout } = await stance('compare-methods', 'default', 'own-words', '--holder', 'joe-biden');
    expect(code).toBe(0);
    expect(stdout).toContain(
      'Joe Biden\n' +
        '  Western military trainers should be sent to Ukraine.\n' +
        '  default    support · provisional · since 2024-06-08\n' +
        '  own-words  support · insufficient · since 2024-06-08\n' +
        '  because\n' +
        '    authority.spokesperson is 0.9 or 0.6\n' +
        '    least is 0.4 or 0.6\n' +
        '    support · 2024-06-05/2024-06-08 · weight 0.72 or 0.48 · opened · body-biden-trainers\n',
    );
    expect(stdout).toContain(
      '  changes\n' +
        '    default    2024-06-08  first → oppose · confirmed\n' +
        '    own-words  2024-06-08  first → oppose · provisional\n',
    );
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('gives programs one history a line, and no more than the limit', async () => {
    const all = documents((await stance('compare-methods', 'default', 'own-words', '--json')).stdout);
    const told = (all as MethodComparisonAnswer[]).map(({ holder, proposition }) => `${holder} ${proposition}`);
    expect(told).toEqual(expect.arrayContaining(['joe-biden trainers', 'us-government us-takes-part']));
    const limited = await stance('compare-methods', 'default', 'own-words', '--json', '--limit', '1');
    expect(documents(limited.stdout)).toEqual(all.slice(0, 1));
    const scoped = await stance('compare-methods', 'default', 'own-words', '--json', '--proposition', 'us-takes-part');
    expect(documents(scoped.stdout)).toMatchObject([{ holder: 'us-government', b: { status: 'insufficient' } }]);
  });

  test('says where no history differs', async () => {
    const { code, stdout } = await stance('compare-methods', 'default', 'own-words', '--holder', 'emmanuel-macron');
    expect([code, stdout]).toEqual([0, 'No history differs between default and own-words.\n']);
  });

  test.each([
    [['default', 'other'], 1, 'There is no method "other"; there is default, own-words.'],
    [['default', 'default'], 1, 'must be another method'],
    [['default'], 2, "missing required argument 'b'"],
  ])('refuses %j', async (args, code, says) => {
    const run = await stance('compare-methods', ...args);
    expect([run.code, run.stdout]).toEqual([code, '']);
    expect(run.stderr).toContain(says);
  });
});

test('a stance is asked for by the method, and says which', async () => {
  const { stdout } = await stance('stance', 'joe-biden', 'trainers', '--method', 'own-words', '--json');
  expect(documents(stdout) as StanceAnswer[]).toMatchObject([
    { status: 'insufficient', method: { name: 'own-words', version: 2 } },
  ]);
});
