import type { InputIssue } from '@stance/contracts';

import { oneLine } from './text.ts';

/** What is wrong with an input, a line each, without what the detail beside them tells already. */
export const issueLines = (detail: string, issues: readonly InputIssue[]): string[] => {
  const lines = issues.map(({ path, message }) => ({ message, text: path === '' ? message : `${path}: ${message}` }));
  return lines
    .filter(({ message, text }) => !detail.includes(lines.length === 1 ? message : text))
    .map(({ text }) => `  ${oneLine(text)}`);
};
