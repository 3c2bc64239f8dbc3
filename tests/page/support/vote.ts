/** A vote on the record: one is enough for a stance, and one for its change. */
export const voteOf = (
  holder: string,
  proposition: string,
  direction: 'support' | 'oppose' | 'neutral',
  saidAt: string,
) => ({
  holder,
  proposition,
  direction,
  act: 'vote',
  saidAt,
  source: { id: `roll-call-${saidAt}`, publisher: 'The Assembly', part: 'record', publishedAt: saidAt },
});
