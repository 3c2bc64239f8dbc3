import type { z } from 'zod';

import type { InputIssue } from './problem.ts';

/** More than this many are of no use to anybody. */
const mostIssues = 50;

/** `['reportedBy', 0, 'name']` as `reportedBy[0].name`. */
export const formatPath = (path: readonly PropertyKey[]): string => {
  let formatted = '';
  for (const step of path) {
    if (typeof step === 'number') formatted += `[${step}]`;
    else formatted += formatted === '' ? String(step) : `.${String(step)}`;
  }
  return formatted;
};

const clip = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text).toWellFormed();

const expand = (issue: z.core.$ZodIssue, into: InputIssue[]): void => {
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) into.push({ path: formatPath([...issue.path, clip(key)]), message: 'unknown field' });
    return;
  }
  if (issue.code === 'invalid_value' && issue.message.startsWith('Invalid ')) {
    const message = `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    into.push({ path: formatPath(issue.path), message });
    return;
  }
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  into.push({ path: formatPath(issue.path), message: missing ? 'is required' : issue.message });
};

/** What zod found, as the list that problem documents carry: one entry a field, unknown fields each on their own. */
export const inputIssues = (error: { readonly issues: readonly z.core.$ZodIssue[] }): InputIssue[] => {
  const issues: InputIssue[] = [];
  for (const issue of error.issues) {
    expand(issue, issues);
    if (issues.length > mostIssues) break;
  }
  return issues.slice(0, mostIssues);
};
