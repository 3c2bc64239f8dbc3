import type { GroundAnswer } from '@stance/contracts';
import type { Ground } from '@stance/domain';

import { dayAnswer } from '../dates.ts';

export const groundAnswer = ({ direction, reason, weight, seen, path }: Ground): GroundAnswer => ({
  direction,
  reason,
  weight,
  ...(seen === null ? {} : { seen: { ...seen, since: dayAnswer(seen.since) } }),
  path: path.map(({ holder, proposition }) => ({ holder, proposition })),
});
