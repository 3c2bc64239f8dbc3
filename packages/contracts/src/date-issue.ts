import { DateError, daysOf } from '@stance/domain';

import type { InputIssue } from './problem.ts';

/** What is wrong with a date by itself; `null` where it is in order or absent. */
export const dateIssue = (text: string | undefined, path: string): InputIssue | null => {
  if (text === undefined) return null;
  try {
    daysOf(text);
    return null;
  } catch (error) {
    if (error instanceof DateError) return { path, message: error.message };
    throw error;
  }
};
