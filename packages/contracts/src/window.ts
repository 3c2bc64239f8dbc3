import { daysOf } from '@stance/domain';
import type { Day, DayInterval } from '@stance/domain';

import { dateIssue } from './date-issue.ts';
import type { InputIssue } from './problem.ts';

/** Between which days (EDTF) something held: a name, a membership. What is absent is open. */
export interface Window {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The days that a window may cover: of vague dates from the earliest day of `from` to the latest of `to`. */
export const windowDays = ({ from, to }: Window): DayInterval => ({
  earliest: from === undefined ? null : daysOf(from).earliest,
  latest: to === undefined ? null : daysOf(to).latest,
});

/** Whether a window may hold on a day. */
export const windowHolds = (window: Window, day: Day): boolean => {
  const { earliest, latest } = windowDays(window);
  return (earliest === null || earliest <= day) && (latest === null || day <= latest);
};

/** The rules across the fields of a window; `place` is put before the paths (`aliases[2].`). */
export const checkWindow = (window: Window, place = ''): InputIssue[] => {
  const { from, to } = window;
  const issues = [dateIssue(from, `${place}from`), dateIssue(to, `${place}to`)].filter((issue) => issue !== null);
  if (issues.length > 0) return issues;
  const { earliest, latest } = windowDays(window);
  if (earliest !== null && latest !== null && earliest > latest) {
    issues.push({ path: `${place}to`, message: 'must not lie before `from`' });
  }
  return issues;
};
