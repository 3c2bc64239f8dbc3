import { ClientError, type FailureCode } from '@stance/client';
import { ConfigError } from '@stance/config';

import { CliError } from './cli-error.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { problemText } from './problem-text.ts';

/** What helps where the service did not answer. */
const hints: Partial<Record<FailureCode, string>> = {
  'service-unreachable': 'Start the service with `npm start` (or `stance serve`), or say where it is with --url.',
  'connection-lost': 'Its log says why.',
  'unexpected-answer': 'Is another program on that port? Say which one to ask with --url.',
};

const hintOf = (error: unknown): string | undefined => {
  if (error instanceof CliError) return error.hint;
  if (!(error instanceof ClientError)) return undefined;
  const hint = hints[error.code as FailureCode];
  const mayHaveWritten = error.code === 'connection-lost' && error.call?.startsWith('GET ') === false;
  return mayHaveWritten ? `${hint} Sending the same again is safe: what it has counts once.` : hint;
};

/** Says on standard error what went wrong and what to do about it; with `json` as one JSON document. */
export const reportFailure = (error: unknown, json: boolean): ExitCode => {
  const note = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  if (error instanceof ClientError && error.code === 'aborted')
    return reportFailure(new CliError('interrupted', 'Stopped', { cause: error }), json);
  if (error instanceof ClientError && error.problem !== undefined) {
    if (json) note(JSON.stringify({ error: error.problem }));
    else for (const line of problemText(error, error.problem)) note(line);
    return exitCode.failed;
  }
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
  const message = error instanceof Error ? error.message : String(error);
  const hint = hintOf(error);
  if (json) {
    note(JSON.stringify({ error: { code, detail: message, ...(hint === undefined ? {} : { hint }) } }));
  } else {
    note(`error: ${message}`);
    if (hint !== undefined) note(`  ${hint}`);
  }
  if (error instanceof ConfigError) return exitCode.wrongUse;
  return error instanceof CliError ? error.exitCode : exitCode.failed;
};
