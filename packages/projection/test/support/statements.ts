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

/** Few of everything, so that statements meet in histories, days, utterances and documents. */
export const statementArbitrary: fc.Arbitrary<StatementContent> = fc.record(
  {
    holder: fc.constantFrom('ann', 'bob'),
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
