import type { GroundAnswer } from '@stance/contracts';

/** What an endorsement or a rejection rests on: whose stance, and on whose that rests in turn. */
export const groundText = ({ path, seen, reason }: GroundAnswer): string => {
  const way = path.map(({ holder, proposition }) => `${holder} on ${proposition}`).join(', and so on ');
  const held = seen === undefined ? 'no stance then' : `${seen.direction} then (${seen.status})`;
  return `${reason === 'rejected' ? 'against' : 'rests on'} ${way}: ${held}`;
};
