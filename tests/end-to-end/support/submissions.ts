import fc from 'fast-check';

/** A call that records something about one statement. */
export interface Call {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One statement and what becomes of it: calls in the order in which they can be made. */
export type Life = (world: string, index: number) => readonly Call[];

const quotes = fc.record({
  exact: fc.constantFrom('Yes.', 'No, never', 'We shall see'),
  directness: fc.constantFrom('direct', 'indirect', 'paraphrase'),
});

const sources = fc.record(
  {
    id: fc.constantFrom('d1', 'd2', 'd3'),
    publisher: fc.constantFrom('The Post', 'Le Jour'),
    publishedAt: fc.constantFrom('2024-03-05', '2024-02'),
    copyOf: fc.constantFrom('d1', 'd2'),
    part: fc.constantFrom('headline', 'lead', 'body', 'record'),
  },
  { requiredKeys: ['publishedAt'] },
);

/** What a correction may change. */
const told = {
  direction: fc.constantFrom('support', 'oppose', 'neutral', 'mixed', 'unclear'),
  act: fc.constantFrom('assert', 'assert', 'deny', 'vote', 'decline'),
  saidAt: fc.constantFrom('2024-01-10', '2024-01-11', '2024-01-12', '2024-02-01', '2024-01', '2023-12/2024-01-11'),
  strength: fc.constantFrom(0.2, 0.5, 0.9),
  certainty: fc.constantFrom(0.6, 1),
  heldSince: fc.constantFrom('2023-06', '2022'),
  authority: fc.constantFrom('spokesperson', 'attributed', 'inferred'),
  quote: quotes,
  source: sources,
  utteranceId: fc.constantFrom('u1', 'u2'),
};

const submission = fc.record(
  { holder: fc.constantFrom('ann', 'bob'), proposition: fc.constantFrom('p1', 'p2'), ...told },
  { requiredKeys: ['holder', 'proposition', 'direction', 'saidAt'] },
);

const correction = fc.record(told, { requiredKeys: ['direction'] });

/**
 * Few of everything, so that statements meet in histories, days, utterances and documents. Worlds whose names are of one
 * length are alike in all but these names.
 */
export const lifeArbitrary: fc.Arbitrary<Life> = fc
  .record({
    submission,
    corrections: fc.array(correction, { maxLength: 2 }),
    isRetracted: fc.integer({ min: 0, max: 5 }).map((drawn) => drawn === 0),
    replaces: fc.option(fc.nat(15), { freq: 6 }),
  })
  .map(({ submission: { holder, ...content }, corrections, isRetracted, replaces }) => (world, index) => {
    const idOf = (which: number): string => `${world}-s${which + 10}`;
    const path = `/v1/statements/${idOf(index)}`;
    return [
      {
        path: '/v1/statements?createMissing=true',
        body: {
          id: idOf(index),
          holder: `${world}-${holder}`,
          ...content,
          ...(replaces === null || replaces === index ? {} : { replaces: idOf(replaces) }),
        },
      },
      ...corrections.map((patch, which) => ({
        path: `${path}/correction`,
        body: { reason: `error ${which}`, ...patch },
      })),
      ...(isRetracted ? [{ path: `${path}/retraction`, body: { reason: 'never said' } }] : []),
    ];
  });
