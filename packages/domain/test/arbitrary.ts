import fc from 'fast-check';

import type { KnownStatement } from '../src/index.ts';

const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** Mostly the first, now and then one of the others. */
const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 4 }, { arbitrary: oneOf(...others), weight: 1 });

const interval = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 12 }).map((day) => ({ earliest: day, latest: day })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 6 }), fc.boolean())
      .map(([day, width, open]) => ({ earliest: open ? null : day, latest: day + width })),
  },
);

const fields = fc.record({
  rank: fc.nat(999),
  direction: fc.oneof(
    { weight: 8, arbitrary: oneOf<KnownStatement['direction']>('support', 'oppose', 'neutral', 'mixed') },
    { weight: 1, arbitrary: oneOf<KnownStatement['direction']>('unclear', null) },
  ),
  act: mostly<KnownStatement['act']>('assert', 'vote', 'decline', 'deny'),
  strength: mostly<number | null>(null, 0.2, 0.4, 0.5, 0.75, 0.9),
  certainty: oneOf(1, 0.8, 0.5, 0.3, 0),
  confidence: mostly(1, 0.9, 0.6),
  interval,
  assumed: fc.boolean(),
  heldSince: fc.option(
    fc.integer({ min: -5, max: 12 }).map((day) => ({ earliest: day, latest: day + 1 })),
    { freq: 8 },
  ),
  authority: oneOf<KnownStatement['authority']>(
    'self',
    'self',
    'spokesperson',
    'attributed',
    'unnamed-source',
    'inferred',
  ),
  links: mostly(0, 1, 2, 3),
  part: oneOf<KnownStatement['part']>('headline', 'body', 'lead', 'teaser', 'record', null, null),
  directness: oneOf<KnownStatement['directness']>('direct', 'indirect', 'paraphrase', null),
  words: oneOf(null, null, 'never', 'always'),
  utteranceId: mostly<string | null>(null, 'u1', 'u2', 'u3'),
  publisher: oneOf(null, 'p', 'q', 'r'),
  document: oneOf(null, null, 'd1', 'd2', 'd3'),
  copyOf: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: oneOf('d1', 'd2', 'd4') }),
  condition: mostly<string | null>(null, null, null, null, 'only if asked'),
  speaker: mostly('h', 'k'),
});

/** Statements of every kind about one matter, close enough in time for all rules to meet; ids are unique. */
export const statements = (size: number): fc.Arbitrary<KnownStatement[]> =>
  fc.array(fields, { maxLength: size }).map((all): KnownStatement[] =>
    all.map(({ interval: { earliest, latest }, assumed, rank, ...rest }, index) => ({
      ...rest,
      // In no order with the days.
      id: `${String(rank).padStart(3, '0')}-${index}`,
      holder: 'h',
      pointsAt: null,
      disowns: null,
      ground: null,
      disownedBy: null,
      said: { earliest, latest, assumed },
    })),
  );

/** As if nobody had named a condition. */
export const unconditional = (size: number): fc.Arbitrary<KnownStatement[]> =>
  statements(size).map((all) => all.map((statement) => ({ ...statement, condition: null })));

/** Without what makes most steps need the whole history, so that long chains of steps at the end are tried as well. */
export const plainStatements = (size: number): fc.Arbitrary<KnownStatement[]> =>
  statements(size).map((all) =>
    all.map((statement) => ({
      ...statement,
      copyOf: null,
      condition: null,
      utteranceId: null,
      said: { ...statement.said, earliest: statement.said.latest },
    })),
  );
