import type { DissentAnswer } from '@stance/contracts';

import { dayAnswer } from '../dates.ts';
import type { Dissent } from '../dissents.ts';
import type { Materials } from './materials.ts';

export const dissentAnswer = ({ history, role, view }: Dissent, materials: Materials): DissentAnswer[] => {
  const { direction, since, status } = view;
  if (direction === null || since === null) return [];
  const { holder, holderName } = materials.subject(history);
  return [
    {
      member: holder,
      ...(holderName === undefined ? {} : { name: holderName }),
      ...(role === null ? {} : { role }),
      direction,
      status,
      since: dayAnswer(since),
    },
  ];
};
