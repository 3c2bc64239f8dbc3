import { ProblemError, readStatementInput } from '@stance/contracts';
import type { LineError, StatementRuleOptions, SubmittedStatement } from '@stance/contracts';
import { defaultLimits, readJson } from '@stance/http';

import type { Line } from './line-splitter.ts';

/** A line with a statement that may be recorded, or why it is rejected. */
export type ReadLine =
  | { readonly number: number; readonly submission: SubmittedStatement }
  | { readonly number: number; readonly error: LineError };

const maxDepth = defaultLimits.jsonDepth;

export const readLine = (line: Line, rules: StatementRuleOptions, lineBytes: number): ReadLine => {
  const { number } = line;
  const rejected = (code: LineError['code'], detail: string, rest: Partial<LineError> = {}): ReadLine => ({
    number,
    error: { code, detail, retryable: false, ...rest },
  });
  if ('fault' in line) {
    return line.fault === 'too-large'
      ? rejected('too-large', `The line is longer than ${lineBytes} bytes.`)
      : rejected('wrong-encoding', 'The line is not UTF-8.');
  }
  let value: unknown;
  try {
    value = readJson(line.text, 'line', { maxDepth });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { errors } = error.details;
    return rejected(error.code, error.message, errors === undefined ? {} : { errors: [...errors] });
  }
  const reading = readStatementInput(value, rules);
  if ('ok' in reading) return { number, submission: reading.ok };
  const [first] = reading.problems;
  const where = first === undefined || first.path === '' ? '' : `${first.path}: `;
  return rejected('invalid-input', `The statement is not valid: ${where}${first?.message ?? ''}`, {
    errors: [...reading.problems],
  });
};
