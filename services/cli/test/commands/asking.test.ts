import { fileURLToPath } from 'node:url';

import type {
  ChangeAnswer,
  ExplanationAnswer,
  HistoryAnswer,
  HolderComparisonAnswer,
  StanceAnswer,
} from '@stance/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { documents, runCli, spawnCli, type CliRun } from '../support/run-cli.ts';
import { startService, type Service } from '../support/service.ts';

const examples = fileURLToPath(new URL('../../../../examples/macron-trainers', import.meta.url));

let service: Service;
let position = '';
beforeAll(async () => {
  service = await startService();
  const loaded = await stance('import', 'examples', examples, '--json');
  if (loaded.code !== 0) throw new Error(loaded.stderr);
  position = String((documents(loaded.stdout) as [{ position: number }])[0].position);
  await stance('actors', '--min-position', position);
});
afterAll(() => service.remove());

const stance = (...args: readonly string[]): Promise<CliRun> => runCli([...args, '--url', service.url]);

describe('the example on trainers for Ukraine', () => {
  test.each<[string, Record<string, readonly [string, string]>]>([
    [
      'joe-biden',
      {
        'american-soldiers': ['oppose', 'confirmed'],
        trainers: ['support', 'provisional'],
        escalation: ['oppose', 'confirmed'],
      },
    ],
    [
      'us-government',
      {
        'american-soldiers': ['oppose', 'provisional'],
        'us-takes-part': ['oppose', 'provisional'],
        trainers: ['oppose', 'insufficient'],
      },
    ],
    ['emmanuel-macron', { trainers: ['support', 'confirmed'], escalation: ['oppose', 'provisional'] }],
    ['several-countries', { trainers: ['support', 'insufficient'] }],
    ['volodymyr-zelensky', { 'outside-help': ['support', 'insufficient'] }],
  ])('answers where %s stands', async (holder, stances) => {
    const answers = documents((await stance('stance', holder, '--json')).stdout) as StanceAnswer[];
    const told = answers.map(({ proposition, direction, status }) => [proposition, [direction, status]]);
    expect(Object.fromEntries(told)).toEqual(stances);
  });

  test('says since when Biden claims to oppose sending soldiers, and who said so', async () => {
    const { stdout } = await stance('stance', 'joe-biden', 'american-soldiers');
    expect(stdout).toContain('Joe Biden\n  American soldiers should be sent to Ukraine.\n');
    expect(stdout).toMatch(/oppose · confirmed · since 2024-06-08 · claimed since 2022-02/);
    expect(stdout).toContain('“It was the case then, and it will continue to be the case”');
    expect(stdout).toMatch(/John Kirby · spokesperson · direct · body/);
  });

  test('finds Zelensky under either spelling', async () => {
    for (const name of ['zelensky', 'Selensky']) {
      const found = documents((await stance('actors', '-q', name, '--json')).stdout);
      expect(found).toMatchObject([{ id: 'volodymyr-zelensky' }]);
      expect(documents((await stance('actors', name, '--json')).stdout)).toEqual(found);
    }
  });

  test('has no change but the first of each', async () => {
    const changes = documents((await stance('changes', '--json')).stdout) as ChangeAnswer[];
    expect(new Set(changes.map(({ kind }) => kind))).toEqual(new Set(['first']));
    expect(changes).toHaveLength(10);
    const { stdout } = await stance('changes', '--holder', 'emmanuel-macron', '--proposition', 'trainers');
    expect(stdout).toMatch(
      /^2024-06-07 {2}Emmanuel Macron {2}first: support · confirmed\n {12}Western military trainers/,
    );
  });

  test('is loaded a second time without any effect', async () => {
    const again = await stance('import', 'examples', examples, '--json');
    expect(again.code, again.stderr).toBe(0);
    expect(documents(again.stdout)).toMatchObject([{ position: Number(position) }]);
  });

  test('tells a history in full, the same to people and to programs', async () => {
    const [history] = documents((await stance('history', 'joe-biden', 'trainers', '--json')).stdout) as [HistoryAnswer];
    expect(history.statements.items.map(({ id }) => id).sort()).toEqual([
      'body-biden-trainers',
      'teaser-biden-trainers',
    ]);
    const { stdout } = await stance('history', 'joe-biden', 'trainers');
    for (const { id } of history.statements.items) expect(stdout).toContain(id);
    expect(stdout).toContain('first: support · provisional');
    expect(stdout).not.toContain('hindsight');
    const past = await stance('history', 'joe-biden', 'trainers', '--at', '2024-07');
    expect(past.stdout).toContain('statements as said by 2024-07; segments and changes in hindsight, later ones too');
    expect(past.stdout).toContain('first: support · provisional');
  });

  test('shows headline and text beside each other, which speak of the government and of its head', async () => {
    for (const holder of ['us-government', 'joe-biden']) {
      const { stdout } = await stance('history', holder, 'trainers');
      const told = stdout.replaceAll(/\s+/g, ' ');
      expect(told).toContain('accounts across holders, “American authorities refute Macron');
      expect(told).toContain('Government of the United States oppose in its headline');
      expect(told).toContain('Joe Biden support in its body');
    }
  });

  test('says why a stance is not confirmed, by which words, and what each of them weighs', async () => {
    const { code, stdout, stderr } = await stance('why', 'joe-biden', 'trainers', '--at', '2024-12');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(
      'Joe Biden\n  Western military trainers should be sent to Ukraine.\n  as said by 2024-12, changes in hindsight ',
    );
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'why: nothing is confirmed yet, and support leads; it lacks 0.28 to have enough (1), or one uncontested utterance that weighs 0.85 or more',
    );
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'weight 0.72 = 0.9 authority (spokesperson) × 0.8 directness (indirect) × 1 part (body) × 1 certainty × 1 confidence',
    );
  });

  test('says the same of why to programs, whole or of one change', async () => {
    const why = (...args: readonly string[]) => stance('why', 'joe-biden', 'american-soldiers', ...args);
    const [whole] = documents((await why('--json')).stdout) as [ExplanationAnswer];
    expect(whole.statements.items).toHaveLength(whole.statements.count);
    const [two] = documents((await why('--json', '--limit', '2')).stdout) as [ExplanationAnswer];
    expect(two.statements.items).toEqual(whole.statements.items.slice(0, 2));
    expect((await why('--limit', '2')).stdout).toMatch(/\n {2}\.\.\. and 1 more statement\n$/);
    const id = whole.changes[0]?.change.id ?? '';
    const [one] = documents((await why('--json', '--change', id)).stdout) as [ExplanationAnswer];
    expect(one.changes).toEqual(whole.changes);
    expect((await why('--change', id)).stdout).toContain(`\n    ${id}\n`);
  });

  test('asked why of what is not there it fails with the code', async () => {
    const unknown = await stance('why', 'joe-biden', 'trainers', '--change', `c-${'0'.repeat(32)}`);
    expect([unknown.code, unknown.stdout]).toEqual([1, '']);
    expect(unknown.stderr).toContain('(unknown-change)');
    expect((await stance('why', 'nobody', 'trainers')).stderr).toContain('(unknown-actor)');
    expect((await stance('why', 'joe-biden')).code).toBe(2);
  });

  test('compares holders on a proposition and on a topic, the same to people and to programs', async () => {
    const [comparison] = documents((await stance('compare', 'trainers', '--json')).stdout) as [HolderComparisonAnswer];
    const { stdout } = await stance('compare', 'trainers');
    for (const { name } of comparison.holders) expect(stdout).toContain((name ?? '').slice(0, 20));
    expect(stdout).toMatch(/Emmanuel Macron +Joe Biden +1 +1 +0 +0\n/);
    const holders = ['--holders', 'joe-biden,emmanuel-macron'];
    const topic = await stance('compare', '--topic', 'war-in-ukraine', ...holders, '--from', '2024-06-08');
    expect(topic.stdout).toMatch(/Emmanuel Macron +support · confirmed · since 2024-06-07 · before: support\n/);
    expect(topic.stdout).toMatch(/First stances\n {2}2024-06-08 {2}Joe Biden +oppose\n {14}American soldiers/);
    expect(topic.stdout).toMatch(/Moved\n {2}nobody\n/);
    expect(topic.stdout).toMatch(/Joe Biden +Emmanuel Macron +2 +2 +0 +0\n/);
    const nothing = await stance('compare', '--topic', 'fishing', ...holders);
    expect([nothing.code, nothing.stdout]).toEqual([1, '']);
    expect(nothing.stderr).toContain('stance topics -q NAME');
    expect((await stance('propositions', '--topic', 'fishing')).stderr).toContain('(unknown-topic)');
    expect((await stance('topics')).stdout).toMatch(
      /^war-in-ukraine +war-in-ukraine\n +5 propositions · not described: /,
    );
    const unnamed = await stance('compare', '--topic', 'war-in-ukraine');
    expect(unnamed.code).toBe(1);
    expect(unnamed.stderr).toContain('holders: have to be named where a topic is');
  });

  test('fits into a narrow terminal and holds no colours where it is piped', async () => {
    for (const args of [
      ['changes'],
      ['history', 'joe-biden', 'american-soldiers'],
      ['why', 'joe-biden', 'american-soldiers'],
      ['stance', 'joe-biden'],
      ['compare', 'trainers', '--from', '2024-06-08'],
      ['actors'],
      ['propositions'],
    ]) {
      const { stdout } = await stance(...args);
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
      expect(stdout).not.toContain('\u001b');
    }
  });

  test('says that there are more rows than it shows only where there are', async () => {
    for (const [limit, note] of [
      ['9', 'The first 9; --limit gives more.\n'],
      ['10', ''],
    ] as const) {
      const { stdout, stderr } = await stance('changes', '--limit', limit);
      expect([stdout.match(/^\d{4}/gm)?.length, stderr]).toEqual([Number(limit), note]);
      expect(documents((await stance('changes', '--limit', limit, '--json')).stdout)).toHaveLength(Number(limit));
    }
  });

  test('can be asked as it was known before', async () => {
    const { stdout } = await stance('changes', '--known-at', '1', '--json');
    expect(stdout).toBe('');
    const refused = await stance('changes', '--known-at', '2999-01-01');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('(known-at-in-future)');
  });
});

test('an unknown holder is a problem with its code, and somebody who said nothing is not', async () => {
  const unknown = await stance('stance', 'nobody');
  expect([unknown.code, unknown.stdout]).toEqual([1, '']);
  expect(unknown.stderr).toContain('(unknown-actor)');
  for (const args of [['stance'], ['history', 'trainers'], ['why', 'trainers'], ['changes']]) {
    const [command = '', ...rest] = args;
    const { stderr } = await stance(command, ...(command === 'changes' ? ['--holder'] : []), 'nobody', ...rest);
    expect(stderr).toContain('stance actors -q NAME');
  }
  for (const [args, hint] of [
    [['stance', 'Joe Biden', 'trainers'], /holder: must be an id.*\n.*stance actors -q NAME/],
    [['history', 'joe-biden', 'Western trainers'], /proposition: must be an id.*\n.*stance propositions -q WORDS/],
    [['compare', 'trainers', '--holders', 'Joe Biden'], /holders: must be an id.*\n.*stance actors -q NAME/],
    [['propositions', '--topic', 'the war'], /topic: must be an id.*\n.*stance topics/],
    [['changes', '--kind', 'flip'], /\n {2}kind: must be one of first, reversal, /],
    [['stance', 'joe-biden', '--known-at', 'soon'], /\n {2}known-at: must be a position/],
    [['statement', 'no-such'], /`stance history HOLDER PROPOSITION` ends each statement with its id/],
  ] as const)
    expect((await stance(...args)).stderr).toMatch(hint);
  const silent = await stance('stance', 'john-kirby');
  expect(silent.code).toBe(0);
});

test('a reader that goes away early is no failure', async () => {
  const child = spawnCli(['changes', '--json', '--url', service.url]);
  child.stdout.destroy();
  const stderr: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  expect([code, Buffer.concat(stderr).toString()]).toEqual([0, '']);
});
