import { daysOf } from '@stance/domain';

import type { Alias } from './actor.ts';
import { dateIssue } from './date-issue.ts';
import type { InputIssue } from './problem.ts';

/** The rules across the fields of an alias; `place` is put before the paths (`aliases[2].`). */
export const checkAlias = ({ from, to }: Alias, place = ''): InputIssue[] => {
  const issues = [dateIssue(from, `${place}from`), dateIssue(to, `${place}to`)].filter((issue) => issue !== null);
  if (issues.length > 0 || from === undefined || to === undefined) return issues;
  const { earliest } = daysOf(from);
  const { latest } = daysOf(to);
  if (earliest !== null && latest !== null && earliest > latest) {
    issues.push({ path: `${place}to`, message: 'must not lie before `from`' });
  }
  return issues;
};
