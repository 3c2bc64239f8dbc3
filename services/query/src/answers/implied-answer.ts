import type { ImpliedStanceAnswer } from '@stance/contracts';

import { dayAnswer } from '../dates.ts';
import type { ImpliedStance } from '../implied-stances.ts';
import type { Materials } from './materials.ts';

/** All propositions that an answer about implied stances names, by number. */
export const propositionsOfImplied = (implied: readonly ImpliedStance[]): number[] =>
  implied.flatMap(({ path }) => path.flatMap(({ from, to }) => [from, to]));

const opposite = { support: 'oppose', oppose: 'support' } as const;

/** @param said the direction of what was said of this proposition itself, where that is enough to say */
export const impliedAnswer = (
  { implication, proposition, view, path }: ImpliedStance,
  said: string | null,
  materials: Materials,
): ImpliedStanceAnswer[] => {
  const { since, status } = view;
  if (since === null) return [];
  const { id, text } = materials.proposition(proposition);
  const { implied, given } = implication;
  return [
    {
      direction: implied,
      proposition: id,
      ...(text === undefined ? {} : { propositionText: text }),
      given,
      status,
      since: dayAnswer(since),
      path: path.map(({ from, type, to }) => ({
        from: materials.proposition(from).id,
        type,
        to: materials.proposition(to).id,
      })),
      ...(said === opposite[implied] ? { conflict: true as const } : {}),
    },
  ];
};
