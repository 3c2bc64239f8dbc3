import type { Submission } from './ledger.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';

const holders = ['ana', 'bo', 'chidi', 'dee', 'emre', 'fay', 'gus', 'hana', 'ministry', 'union'] as const;
const propositions = ['build-the-dam', 'leave-the-treaty', 'lower-the-tax', 'open-the-border'] as const;
const publishers = ['The Post', 'Die Zeitung', 'Газета', 'El Diario'] as const;

const day = (random: SeededRandom): string =>
  new Date(Date.UTC(2015, 0, 1) + random.integer(3000) * 86_400_000).toISOString().slice(0, 10);

/**
 * A statement like those that come in: of few holders about few propositions, so that histories grow long and late ones
 * fall between others. `name` makes it a statement of its own.
 */
export const submission = (random: SeededRandom, name: string): Submission => {
  const publishedAt = day(random);
  const statement = {
    holder: random.pick(holders),
    proposition: random.pick(propositions),
    direction: random.pick(['support', 'support', 'oppose', 'oppose', 'neutral', 'mixed', 'unclear']),
    saidAt: random.pick([publishedAt, publishedAt, publishedAt.slice(0, 7)]),
    authority: random.pick(['self', 'spokesperson', 'attributed', 'inferred']),
    source: {
      id: `document-${random.integer(500)}`,
      publisher: random.pick(publishers),
      publishedAt,
      part: random.pick(['headline', 'lead', 'body', 'record']),
    },
    quote: { exact: `As I said in ${name}`, directness: random.pick(['direct', 'indirect', 'paraphrase']) },
    ...(random.integer(3) === 0 ? { strength: random.integer(11) / 10 } : {}),
    ...(random.integer(5) === 0 ? { utteranceId: `utterance-${random.integer(300)}` } : {}),
  };
  // Without an id of its own, one is made of what it says.
  return random.integer(2) === 0 ? statement : { id: name, ...statement };
};

/** What a correction changes, never nothing: `reason` makes it one of its own. */
export const correction = (random: SeededRandom, reason: string) => ({
  reason,
  certainty: (1 + random.integer(1_000_000)) / 1_000_001,
  ...(random.integer(2) === 0 ? { direction: random.pick(['support', 'oppose', 'neutral']) } : {}),
  ...(random.integer(3) === 0 ? { saidAt: `2014-${10 + random.integer(3)}-${10 + random.integer(20)}` } : {}),
});
