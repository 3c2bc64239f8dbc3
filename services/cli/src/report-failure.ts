import { ConfigError } from '@stance/config';

import { CliError } from './cli-error.ts';
import { ProblemAnswer } from './client/problem-answer.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { issueLines } from './terminal/issue-lines.ts';
import { oneLine } from './terminal/text.ts';

/** What helps with this command where the service answers with a problem of this code. */
const problemHints: Readonly<Record<string, string>> = {
  unauthorized: 'Give a token with --token, or in STANCE_TOKEN.',
  'unknown-actor': '`stance actors -q NAME` finds the id of an actor by any of its names.',
  'unknown-proposition': '`stance propositions -q WORDS` finds the id of a proposition by its words.',
  'unknown-topic': '`stance topics` lists the topics, `stance topics -q NAME` finds one by any of its names.',
};

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
    note(`error: ${error.problem.title} (${error.code})`);
    if (error.problem.detail !== error.problem.title) note(`  ${oneLine(error.problem.detail)}`);
    for (const line of issueLines(error.problem.detail, error.issues)) note(line);
    const hint = problemHints[error.code];
    if (hint !== undefined) note(`  ${hint}`);
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
