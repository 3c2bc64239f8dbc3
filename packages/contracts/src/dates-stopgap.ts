import { dayOf } from '@stance/domain';
import type { DayInterval } from '@stance/domain';
export const parseDate = (text: string): DayInterval | null => {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : { earliest: dayOf(ms), latest: dayOf(ms) };
};
