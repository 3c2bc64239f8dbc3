import { readStatementInput } from '@stance/contracts';
import type { LineError, StatementRuleOptions, SubmittedStatement } from '@stance/contracts';

import type { Line } from './line-splitter.ts';

/** A line with a statement that may be recorded, or why it is rejected. */
export type ReadLine =
  | { readonly number: number; readonly submission: SubmittedStatement }
  | { readonly number: number; readonly error: LineError };

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).toWellFormed();

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
    value = JSON.parse(line.text);
  } catch (error) {
    return rejected('malformed-json', `The line is not JSON: ${messageOf(error)}`);
  }
  const reading = readStatementInput(value, rules);
  if ('ok' in reading) return { number, submission: reading.ok };
  const [first] = reading.problems;
  const where = first === undefined || first.path === '' ? '' : `${first.path}: `;
  return rejected('invalid-input', `The statement is not valid: ${where}${first?.message ?? ''}`, {
    errors: [...reading.problems],
  });
};
