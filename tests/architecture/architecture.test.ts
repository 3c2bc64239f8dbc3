import { beforeAll, describe, expect, test } from 'vitest';

import { type Complaints, lint } from './planted.ts';

interface Planted {
  readonly title: string;
  readonly path: string;
  readonly text: string;
  readonly complaint: RegExp;
}

const deep = /no-restricted-imports.*not a file inside it/;
const leaves = /no-restricted-imports.*may not leave its package/;
const pure = /no-restricted-imports.*The domain does no I\/O/;
const apart = /no-restricted-imports.*services do not import each other/;

const planted: readonly Planted[] = [
  [
    'a package does not import a file inside another',
    'packages/feed/src/deep.ts',
    "import '@stance/domain/src/day.ts';",
    deep,
  ],
  [
    'a test does not import a file inside another package',
    'tests/deep.test.ts',
    "import '@stance/domain/src/day.ts';",
    deep,
  ],
  [
    'a relative path does not leave its package',
    'packages/feed/src/leaves.ts',
    "import '../../domain/src/index.ts';",
    leaves,
  ],
  [
    'a relative path does not leave its folder of packages',
    'services/query/src/leaves.ts',
    "import '../../../packages/domain/src/index.ts';",
    leaves,
  ],
  [
    'a service does not reach another by path',
    'services/query/src/path.ts',
    "import '../../ingestion/src/index.ts';",
    leaves,
  ],
  [
    'source does not import from tests',
    'packages/feed/src/a/test-only.ts',
    "import '../../test/support.ts';",
    /does not import from tests/,
  ],
  [
    'source does not import contract suites',
    'packages/feed/src/suite.ts',
    "import '@stance/event-store/contract-suite';",
    /suites are for tests/,
  ],
  ['a package does not import a service', 'packages/feed/src/service.ts', "import '@stance/query';", apart],
  [
    'a contract suite does not import a service',
    'packages/feed/src/contract-suite/service.ts',
    "import '@stance/query';",
    apart,
  ],
  ['ingestion does not import query', 'services/ingestion/src/sibling.ts', "import '@stance/query';", apart],
  ['webhooks do not import query', 'services/webhooks/src/sibling.ts', "import '@stance/query';", apart],
  ['query does not import webhooks', 'services/query/src/webhooks.ts', "import '@stance/webhook-service';", apart],
  ['query does not import the projector', 'services/query/src/sibling.ts', "import '@stance/projector';", apart],
  [
    'the projector does not import ingestion',
    'services/projector/src/sibling.ts',
    "import '@stance/ingestion';",
    apart,
  ],
  [
    'standalone does not import the command line',
    'services/standalone/src/cli.ts',
    "import '@stance/cli';",
    /not the other way round/,
  ],
  [
    'the command line does not import a service that standalone runs',
    'services/cli/src/query.ts',
    "import '@stance/query';",
    /talks HTTP/,
  ],
  [
    'a service does not touch kafkajs',
    'services/projector/src/kafka.ts',
    "import { Kafka } from 'kafkajs';\nexport const client = Kafka;",
    /Only packages\/distribution\/src\/kafka touches kafkajs/,
  ],
  [
    'the port of the distribution does not touch kafkajs',
    'packages/distribution/src/kafka.ts',
    "import type { Kafka } from 'kafkajs';\nexport type Client = Kafka;",
    /Only packages\/distribution\/src\/kafka touches kafkajs/,
  ],
  ['the domain does not import Node.js', 'packages/domain/src/node.ts', "import 'node:fs';", pure],
  [
    'the domain does not import another package of the workspace',
    'packages/domain/src/other.ts',
    "import '@stance/contracts';",
    pure,
  ],
  ['the domain does not import a library', 'packages/domain/src/library.ts', "import 'better-sqlite3';", pure],
  [
    'the domain does not import even types from elsewhere',
    'packages/domain/src/types.ts',
    "import type { Stats } from 'node:fs';\nexport type S = Stats;",
    pure,
  ],
  [
    'the domain does not look at the process',
    'packages/domain/src/process.ts',
    "export const level = process.env['LEVEL'];",
    /no-restricted-globals/,
  ],
  [
    'the domain does not look at the process in a round-about way',
    'packages/domain/src/global.ts',
    'export const pid = globalThis.process.pid;',
    /no-restricted-globals/,
  ],
  [
    'the domain does not fetch',
    'packages/domain/src/fetch.ts',
    "export const page = async () => fetch('https://example.org');",
    /no-restricted-globals/,
  ],
  [
    'the domain has no clock',
    'packages/domain/src/clock.ts',
    'export const now = () => Date.now();',
    /no-restricted-properties.*no clock/,
  ],
  [
    'the domain rolls no dice',
    'packages/domain/src/dice.ts',
    'export const dice = () => Math.random();',
    /no-restricted-properties.*function of what it is given/,
  ],
  [
    'the client does not import Node.js',
    'packages/client/src/node.ts',
    "import 'node:fs';",
    /no-restricted-imports.*runs in browsers too/,
  ],
  [
    'the client imports no package of the workspace but contracts',
    'packages/client/src/other.ts',
    "import '@stance/domain';",
    /no-restricted-imports.*runs in browsers too/,
  ],
  [
    'the client uses nothing that only Node.js has',
    'packages/client/src/buffer.ts',
    "export const bytes = Buffer.from('a');",
    /no-restricted-globals/,
  ],
  [
    'a promise is not left alone',
    'packages/feed/src/floating.ts',
    'const work = async () => 1;\nexport const start = () => {\n  work();\n};',
    /no-floating-promises/,
  ],
  [
    'a promise is not taken for a truth value',
    'packages/feed/src/misused.ts',
    'const work = async () => 1;\nexport const is = () => (work() ? 1 : 2);',
    /no-misused-promises/,
  ],
  [
    'what is no promise is not awaited',
    'packages/feed/src/awaited.ts',
    'const one = () => 1;\nexport const start = async () => {\n  await one();\n};',
    /await-thenable/,
  ],
  [
    '`any` does not slip in through JSON',
    'packages/feed/src/any.ts',
    "export const value: string = JSON.parse('1');",
    /no-unsafe-assignment/,
  ],
  [
    'a switch names every case',
    'packages/feed/src/switch.ts',
    "export const f = (x: 'a' | 'b') => {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n};",
    /switch-exhaustiveness-check/,
  ],
  [
    'files do not import each other in a circle',
    'packages/feed/src/circle.ts',
    "import { b } from './circle-back.ts';\nexport const a = b;",
    /no-cycle/,
  ],
  [
    'packages do not import each other in a circle',
    'packages/here/src/index.ts',
    "import { there } from '@stance/there';\nexport const here = there;",
    /no-cycle/,
  ],
  ['a service does not print', 'services/query/src/print.ts', "console.log('hello');", /no-console/],
  ['a package does not print', 'packages/feed/src/print.ts', "console.log('hello');", /no-console/],
  ['nothing is exported as the default', 'packages/feed/src/default.ts', 'export default 1;', /no-default-export/],
  [
    'a type is imported as a type',
    'packages/feed/src/as-type.ts',
    "import { A } from './a.ts';\nexport const a: A = 1;",
    /consistent-type-imports/,
  ],
].map(([title, path, text, complaint]) => ({ title, path, text, complaint }) as Planted);

const beside = {
  'packages/feed/src/a.ts': 'export type A = number;\n',
  'packages/feed/src/circle-back.ts': "import { a } from './circle.ts';\nexport const b: number = a;\n",
  'packages/there/package.json': JSON.stringify({ name: '@stance/there', type: 'module', exports: './src/index.ts' }),
  'packages/there/src/index.ts': "export { here as there } from '@stance/here';\n",
  'packages/here/package.json': JSON.stringify({ name: '@stance/here', type: 'module', exports: './src/index.ts' }),
};

const links = {
  'packages/here/node_modules/@stance/there': 'packages/there',
  'packages/there/node_modules/@stance/here': 'packages/here',
};

const welcome = {
  'packages/domain/src/welcome.ts':
    "import { a } from './sub/a.ts';\n\nexport const b = [a, Date.UTC(2024, 5), Math.max(1, 2)];\n",
  'packages/domain/src/sub/a.ts': "import type { C } from '../c.ts';\n\nexport const a: C = 1;\n",
  'packages/domain/src/c.ts': 'export type C = number;\n',
  'packages/feed/test/deep/welcome.test.ts':
    "import '../../src/a.ts';\nimport '@stance/event-store/contract-suite';\nimport '../support.ts';\n",
  'services/standalone/src/welcome.ts':
    "import '@stance/ingestion';\nimport '@stance/projector';\nimport '@stance/query';\nimport '@stance/event-store/sqlite';\n",
  'packages/distribution/src/kafka/welcome.ts':
    "import type { Kafka } from 'kafkajs';\n\nexport type Client = Kafka;\n",
  'packages/client/src/welcome.ts':
    "import type { ChangeAnswer } from '@stance/contracts';\nimport type { EventSourceParser } from 'eventsource-parser';\n\nexport type Change = ChangeAnswer;\nexport type Parser = EventSourceParser;\n",
  'services/cli/src/welcome.ts': "import '@stance/standalone';\n\nconsole.log('done');\n",
  'services/query/src/calls/welcome.ts': "import '../sibling-file.ts';\nimport '@stance/http';\n",
};

describe('the rules that keep the architecture true', () => {
  let complaints: Complaints;
  beforeAll(async () => {
    const files = Object.fromEntries(planted.map(({ path, text }) => [path, `${text}\n`]));
    complaints = await lint({ ...files, ...beside, ...welcome }, links);
  });

  test.for(planted.map((one) => [one.title, one] as const))('%s', ([, { path, complaint }]) => {
    expect(complaints.get(path)).toContainEqual(expect.stringMatching(complaint));
  });

  test.for(Object.keys(welcome))('let what is allowed pass: %s', (path) => {
    expect(complaints.get(path) ?? []).toEqual([]);
  });
});
