import type { StatementContent } from '@stance/contracts';
import fc from 'fast-check';

export const statement = (given: Partial<StatementContent>): StatementContent => ({
  holder: 'ann',
  proposition: 'p1',
  direction: 'support',
  act: 'assert',
  saidAt: '2024-01-10',
  authority: 'self',
  ...given,
});

const someone = fc.constantFrom('ann', 'bob', 'cem');

/** What a statement may be besides: an endorsement or a rejection, something taken back, said under a condition or by others. */
const besides: fc.Arbitrary<Partial<StatementContent>> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constantFrom('endorse' as const, 'endorse' as const, 'reject' as const),
      direction: fc.constant(undefined),
      endorses: fc.record({ holder: someone, proposition: fc.constantFrom('p1', 'p2') }, { requiredKeys: ['holder'] }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('disown' as const),
      direction: fc.constant(undefined),
      disowns: fc.oneof(
        fc.record({ utteranceId: fc.constantFrom('u1', 'u2') }),
        fc.record({ statementId: fc.nat(12).map((no) => `s${String(no)}`) }),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ condition: fc.constantFrom('If asked', 'if asked.', 'if paid') }) },
  { weight: 1, arbitrary: fc.record({ speaker: someone, authority: fc.constant('spokesperson' as const) }) },
);

const plainArbitrary: fc.Arbitrary<StatementContent> = fc.record(
  {
    holder: someone,
    proposition: fc.constantFrom('p1', 'p2'),
    direction: fc.constantFrom('support', 'oppose', 'neutral', 'mixed', 'unclear'),
    strength: fc.constantFrom(0.2, 0.5, 0.9),
    act: fc.constantFrom('assert', 'assert', 'vote', 'decline'),
    saidAt: fc.constantFrom('2024-01-10', '2024-01-11', '2024-01-12', '2024-02-01', '2024-01', '2024-03-05'),
    heldSince: fc.constantFrom('2023-06'),
    authority: fc.constantFrom('self', 'spokesperson', 'attributed', 'inferred'),
    source: fc.record(
      {
        id: fc.constantFrom('d1', 'd2', 'd3'),
        publisher: fc.constantFrom('The Post', 'Le Jour'),
        part: fc.constantFrom('headline', 'lead', 'body', 'record'),
        copyOf: fc.constantFrom('d1'),
      },
      { requiredKeys: [] },
    ),
    quote: fc.record({
      exact: fc.constantFrom('Yes.', 'No, never'),
      directness: fc.constantFrom('direct', 'paraphrase'),
    }),
    utteranceId: fc.constantFrom('u1', 'u2'),
  },
  { requiredKeys: ['holder', 'proposition', 'direction', 'act', 'saidAt', 'authority'] },
);

/** Few of everything, so that statements meet in histories, days, utterances and documents, and point at each other. */
export const statementArbitrary: fc.Arbitrary<StatementContent> = fc
  .tuple(plainArbitrary, besides)
  .map(([plain, more]) => ({ ...plain, ...more }));
