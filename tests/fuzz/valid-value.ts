import fc from 'fast-check';

import type { JsonSchema } from './openapi.ts';

/** Known ones first, and so more often: a name fits an actor, a proposition or a statement only by chance. */
const ids = ['ann', 'ann', 'ann', 'tax', 'tax', 'tax', 'said', 'gone', 'nobody'];
const dates = ['2024-01-01', '2024-01-01T10:00:00Z', '2024', '2024-06?', '2023-12-30/2024-01-02', '../2020', '1850~'];
const words = [
  'x',
  'Žofie',
  '誰か',
  '🙂🙃',
  'a\u0301',
  '\u202Eright to left',
  ' padded ',
  "Robert'); DROP TABLE",
  '<b>&amp;',
];

/** What a plain type does not tell: texts that mean something under this name. */
const meaningful: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['saidAt', 'heldSince', 'publishedAt', 'from', 'to', 'at', 'knownAt'].map((name) => [name, dates]),
  ),
  // A position that is not reached is waited for: that is a test of its own.
  minPosition: ['0', '1', '2'],
  url: ['https://example.org/a?b=c', 'http://é'],
  language: ['en', 'de-AT'],
  name: ['default', ...words],
  method: ['default', 'wary'],
  a: ['default'],
  b: ['wary'],
  'if-match': ['"0"', '"1"', '"7"'],
  accept: ['application/json', 'application/x-ndjson', '*/*', 'text/*;q=0.5, application/*'],
  'if-none-match': ['*', '"x"', 'W/"x", "y"'],
  kind: ['first', 'first,reversal'],
  status: ['confirmed', 'provisional,withdrawn'],
  holders: ['ann', 'ann,ann', 'ann,nobody'],
};

const knownIds = new RegExp('^\\^\\[A-Za-z0-9\\]\\[A-Za-z0-9\\._:~-\\]');

/** Patterns that only rule characters out: any other text has a fair chance. */
const rulesOut = /^\^(\(\?:)?\[\^|^\\S$/;

const stringOf = (schema: JsonSchema, name: string): fc.Arbitrary<unknown> => {
  const { minLength = 0, maxLength = 200, pattern, allOf = [] } = schema;
  const patterns = [pattern, ...allOf.map((part) => part.pattern)].filter((source) => source !== undefined);
  const fits = (text: string): boolean =>
    text.length >= minLength &&
    text.length <= maxLength &&
    patterns.every((source) => new RegExp(source, 'u').test(text));
  const choices: fc.WeightedArbitrary<string>[] = [];
  const known = (meaningful[name] ?? words).filter(fits);
  if (known.length > 0) choices.push({ arbitrary: fc.constantFrom(...known), weight: 6 });
  if (pattern !== undefined && knownIds.test(pattern)) choices.push({ arbitrary: fc.constantFrom(...ids), weight: 6 });
  if (patterns.every((source) => rulesOut.test(source))) {
    choices.push({ arbitrary: fc.string({ unit: 'grapheme', minLength, maxLength: 40 }).filter(fits), weight: 1 });
  } else if (pattern !== undefined && !pattern.includes(String.raw`\p`)) {
    choices.push({ arbitrary: fc.stringMatching(new RegExp(pattern)).filter(fits), weight: 1 });
  }
  return fc.oneof(...choices);
};

const arrayOf = (
  schema: JsonSchema,
  resolve: (schema: JsonSchema) => JsonSchema,
  name: string,
): fc.Arbitrary<unknown> =>
  fc.array(validValue(schema.items ?? {}, resolve, name), {
    minLength: schema.minItems ?? 0,
    maxLength: Math.min(schema.maxItems ?? 4, 4),
  });

type Entries = readonly (readonly [field: string, value: unknown])[];

/** Without these, which the schema lets be absent, next to no statement would be taken. */
const usual = new Set(['direction', 'saidAt']);

const objectOf = (schema: JsonSchema, resolve: (schema: JsonSchema) => JsonSchema): fc.Arbitrary<unknown> => {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  const possible = Object.entries(properties).filter(([, property]) => resolve(property).not === undefined);
  const fields = possible.map(([field, property]) => {
    const entry = validValue(property, resolve, field).map((value): Entries => [[field, value]]);
    if (required.includes(field)) return entry;
    const absent = { arbitrary: fc.constant<Entries>([]), weight: usual.has(field) ? 1 : 5 };
    return fc.oneof(absent, { arbitrary: entry, weight: usual.has(field) ? 8 : 1 });
  });
  const named = fc.tuple(...fields).map((entries) => Object.fromEntries(entries.flat()));
  if (typeof additionalProperties !== 'object') return named;
  const further = fc.dictionary(
    validValue(propertyNames ?? { type: 'string' }, resolve, '').map(String),
    validValue(additionalProperties, resolve, ''),
    { maxKeys: 4, noNullPrototype: true },
  );
  return fc.tuple(further, named).map(([more, own]) => ({ ...more, ...own }));
};

/** Values that a schema takes, for the field of this name. */
export const validValue = (
  given: JsonSchema,
  resolve: (schema: JsonSchema) => JsonSchema,
  name: string,
): fc.Arbitrary<unknown> => {
  const schema = resolve(given);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((part) => validValue(part, resolve, name)));
  const { minimum = -1e9, maximum = 1e9 } = schema;
  switch (schema.type) {
    case 'string':
      return stringOf(schema, name);
    case 'integer':
      return fc.integer({ min: minimum, max: Math.min(maximum, 2 ** 31 - 1) });
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return arrayOf(schema, resolve, name);
    case 'object':
      return objectOf(schema, resolve);
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue();
  }
};
