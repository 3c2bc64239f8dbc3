import { ConfigError } from '@stance/config';

import { CliError } from './cli-error.ts';
import { ProblemAnswer } from './client/problem-answer.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { problemText } from './problem-text.ts';

/** Says on standard error what went wrong and what to do about it; with `json` as one JSON document. */
export const reportFailure = (error: unknown, json: boolean): ExitCode => {
  const note = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  if (error instanceof ProblemAnswer) {
    if (json) {
      note(JSON.stringify({ error: error.problem }));
      return exitCode.failed;
    }
    for (const line of problemText(error)) note(line);
    return exitCode.failed;
  }
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
  const message = error instanceof Error ? error.message : String(error);
  const hint = error instanceof CliError ? error.hint : undefined;
  if (json) {
    note(JSON.stringify({ error: { code, detail: message, ...(hint === undefined ? {} : { hint }) } }));
  } else {
    note(`error: ${message}`);
    if (hint !== undefined) note(`  ${hint}`);
  }
  if (error instanceof ConfigError) return exitCode.wrongUse;
  return error instanceof CliError ? error.exitCode : exitCode.failed;
};
