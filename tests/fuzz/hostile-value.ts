import fc from 'fast-check';

/** Texts that have broken services before. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '\u0007',
    '\r\n',
    '\ud800',
    '\udfff\ud800',
    '\ufeff',
    '\uffff',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'null',
    'NaN',
    '-0',
    '1e999',
    '0x10',
    '2024-02-30',
    '9999-99-99',
    '-271821-04-20',
    '../../etc/passwd',
    '%00',
    '%zz',
    '${7*7}',
    "' OR 1=1 --",
    '"*"',
    'a"b*c(d)',
    'AND OR NOT NEAR',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('a', '🙂', '\u0301', '9').chain((unit) => fc.nat({ max: 3000 }).map((length) => unit.repeat(length))),
);

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom(null, true, 0, -1, -0, 0.1, 1e308, -1e308, 5e-324, 2 ** 53, 2 ** 63, 1.5, [], {}, [[]], [null]),
  fc.jsonValue(),
  fc.nat({ max: 60 }).map((depth) => Array.from({ length: depth }).reduce<unknown>((inside) => [inside], 1)),
);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a mutation does with the one place of a value that it has come to. */
type Change = (value: unknown) => unknown;

const change: fc.Arbitrary<Change> = fc.oneof(
  hostileValue.map(
    (value): Change =>
      () =>
        value,
  ),
  fc.tuple(hostileText, hostileValue).map(
    ([key, value]): Change =>
      (target) =>
        isObject(target) ? { ...target, [key]: value } : { [key]: target },
  ),
  fc.nat().map((place): Change => (target) => {
    if (!isObject(target)) return undefined;
    const keys = Object.keys(target);
    const gone = keys[place % Math.max(1, keys.length)];
    return Object.fromEntries(Object.entries(target).filter(([key]) => key !== gone));
  }),
  fc.constant<Change>((value) => [value]),
  fc.constant<Change>((value) => JSON.stringify(value)),
);

const changedAt = (value: unknown, path: readonly number[], apply: Change): unknown => {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return apply(value);
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === step % value.length ? changedAt(item, rest, apply) : item));
  }
  const keys = Object.keys(value);
  const chosen = keys[step % Math.max(1, keys.length)];
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [
      key,
      key === chosen ? changedAt(item, rest, apply) : item,
    ]),
  );
};

/** Values that differ in one place from those they are made of. */
export const nearly = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(valid, fc.array(fc.nat({ max: 30 }), { maxLength: 3 }), change)
    .map(([value, path, apply]) => changedAt(value, path, apply));
