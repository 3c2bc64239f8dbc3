import { defineConfig } from 'oxlint';

/** Modules that a file may not import. */
interface Ban {
  readonly regex: string;
  readonly message: string;
}

const stance = (...names: readonly string[]): string => `^@stance/(${names.join('|')})(/|$)`;

// Holds everywhere: a package is entered by its name, through what its package.json exports.
const everywhere: readonly Ban[] = [
  { regex: '^@stance/[^/]+/(src|test)(/|$)', message: 'Import what the package exports, not a file inside it.' },
  {
    regex: '^(\\.\\./)+(packages|services|tests|bench|scripts)/|^(\\.\\./)+[^./][^/]*/(src|test)/',
    message: 'A relative path may not leave its package: import the other package by its name.',
  },
];
const source: readonly Ban[] = [
  { regex: '^(\\.\\./)+test/', message: 'Source does not import from tests.' },
  { regex: '/contract-suite$', message: 'Contract suites are for tests.' },
];
const services: Ban = {
  regex: stance('ingestion', 'query', 'projector', 'relay', 'webhook-service', 'standalone', 'cli'),
  message: 'Packages do not know services; services do not import each other: standalone puts them together.',
};
const notStandalone: Ban = {
  regex: stance('cli'),
  message: 'The command line starts the service, not the other way round.',
};
const notCli: Ban = {
  regex: stance('ingestion', 'query', 'projector', 'relay', 'webhook-service'),
  message: 'The command line talks HTTP to the service, or starts standalone.',
};
const notDomain: Ban = {
  regex: '^[^.]',
  message: 'The domain does no I/O: it imports its own files, and nothing else.',
};

const notKafkaJs: Ban = {
  regex: '^kafkajs(/|$)',
  message: 'Only packages/distribution/src/kafka touches kafkajs: what others need is in its port.',
};

const stores = ['event-store', 'feed', 'postgres', 'read-model', 'relay-state', 'stores'];
const notPortable: Ban = {
  regex: `^node:|^zod(/|$)|${stance('config', 'distribution', 'domain', 'http', 'projection', 'service', ...stores)}`,
  message: 'The client runs in browsers too: it imports its own files, types of contracts, and what is as portable.',
};

const imports = (...bans: readonly Ban[]): { 'no-restricted-imports': ['error', { patterns: Ban[] }] } => ({
  'no-restricted-imports': ['error', { patterns: [...everywhere, ...bans] }],
});

const world = ['process', 'Buffer', 'fetch', 'WebSocket', 'crypto', 'console', 'performance', 'navigator'];
const onlyNode = ['process', 'Buffer', 'global', 'setImmediate', 'clearImmediate', 'require', '__dirname'];
const timers = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'];

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'promise', 'node', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: ['**/node_modules/**', '**/coverage/**', 'data/**'],
  rules: {
    ...imports(),
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'import/extensions': ['error', 'ignorePackages'],
    'import/no-duplicates': 'error',
    'unicorn/prefer-node-protocol': 'error',

    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/return-await': ['error', 'error-handling-correctness-only'],
    'typescript/only-throw-error': 'error',
    'typescript/prefer-promise-reject-errors': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],

    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/restrict-plus-operands': 'error',
    'typescript/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    'typescript/consistent-type-imports': 'error',
    'typescript/no-import-type-side-effects': 'error',
    'typescript/require-array-sort-compare': ['error', { ignoreStringArrays: true }],

    'vitest/valid-expect': ['error', { maxArgs: 2 }],

    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    'no-console': 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    'no-else-return': 'error',
    'no-param-reassign': 'error',
    'unicorn/no-process-exit': 'error',

    // What follows is on by category and unwanted here.
    'import/no-unassigned-import': 'off',
    'import/no-named-as-default-member': 'off', // fast-check is known by its default import
    'consistent-return': 'off', // the compiler sees to it
    'typescript/consistent-return': 'off',
    'no-await-in-loop': 'off', // appending, paging and following go one after the other
    'no-control-regex': 'off', // checking for control characters is what such an expression is for
    'no-shadow': 'off',
    'no-unmodified-loop-condition': 'off', // knows nothing of what happens across an await
    'no-underscore-dangle': 'off',
    'typescript/no-unsafe-type-assertion': 'off', // how a database row or parsed JSON gets its type
    'typescript/unbound-method': 'off', // a handle is made of closures, which know no `this`
    'typescript/no-unnecessary-type-arguments': 'off', // naming both says what a generic is made of
    'unicorn/consistent-function-scoping': 'off', // a small helper reads best beside its one use
    'unicorn/no-array-reverse': 'off',
    'unicorn/no-array-sort': 'off',
    'unicorn/require-post-message-target-origin': 'off', // about windows, not worker threads
    'promise/always-return': 'off',
    'vitest/expect-expect': 'off', // cannot see the assertions of a helper
    'vitest/require-to-throw-message': 'off',
    'vitest/no-conditional-expect': 'off', // narrowing a union before looking into it
  },
  overrides: [
    { files: ['packages/*/src/**'], rules: imports(services, notKafkaJs, ...source) },
    { files: ['packages/*/src/contract-suite/**'], rules: imports(services, notKafkaJs) },
    // Does to brokers what operators do to them, for tests.
    { files: ['packages/test-services/src/**'], rules: imports(services, ...source) },
    { files: ['packages/distribution/src/kafka/**'], rules: imports(services, ...source) },
    {
      files: ['packages/client/src/**'],
      rules: {
        ...imports(services, notPortable, ...source),
        'no-restricted-globals': [
          'error',
          {
            globals: onlyNode.map((name) => ({ name, message: 'The client runs in browsers too.' })),
            checkGlobalObject: true,
          },
        ],
      },
    },
    {
      files: ['packages/domain/src/**'],
      rules: {
        ...imports(notDomain, ...source),
        'no-restricted-globals': [
          'error',
          {
            globals: [...world, ...timers].map((name) => ({ name, message: 'The domain does no I/O.' })),
            checkGlobalObject: true,
          },
        ],
        'no-restricted-properties': [
          'error',
          { object: 'Date', property: 'now', message: 'The domain has no clock: the caller says what time it is.' },
          { object: 'Math', property: 'random', message: 'The domain is a function of what it is given.' },
        ],
      },
    },
    { files: ['services/*/src/**'], rules: imports(services, notKafkaJs, ...source) },
    { files: ['services/standalone/src/**'], rules: imports(notStandalone, notKafkaJs, ...source) },
    { files: ['services/cli/src/**'], rules: { ...imports(notCli, notKafkaJs, ...source), 'no-console': 'off' } },
    {
      files: ['**/test/**', 'tests/**', 'packages/*/src/contract-suite/**'],
      rules: {
        'typescript/no-unsafe-assignment': 'off', // expect.any and its like are of type any
      },
    },
    {
      files: ['bench/**', 'scripts/**', 'tests/workspace/echo.ts'],
      rules: { 'no-console': 'off', 'unicorn/no-process-exit': 'off' },
    },
    {
      files: ['packages/web/browser/text/**'],
      rules: {
        // A number reads as the reader writes numbers: `countInWords` and its like make words of it.
        'typescript/restrict-template-expressions': ['error', { allowNumber: false }],
      },
    },
    { files: ['*.config.ts'], rules: { 'import/no-default-export': 'off' } },
    {
      // Plain JavaScript for any Node.js: there are no types to be aware of.
      files: ['scripts/*.cjs'],
      rules: {
        'no-var': 'off',
        'typescript/no-unsafe-argument': 'off',
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-return': 'off',
      },
    },
  ],
});
