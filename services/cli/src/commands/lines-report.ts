import { exitCode, type ExitCode } from '../exit-code.ts';
import { createRetry, type Retry } from '../client/retry.ts';
import type { Batch, RefusedLine } from '../lines/batch.ts';
import type { Input } from '../lines/open-input.ts';
import { upload, type Rejection, type Totals } from '../lines/upload.ts';
import type { Session } from '../session.ts';
import { printKnownAt } from './known-at.ts';
import { issueLines } from '../terminal/issue-lines.ts';
import { startProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { counted, oneLine } from '../terminal/text.ts';

/** How many rejected lines people are shown. */
const shown = 20;

const unknownHint =
  'Who and what a statement names has to be there first: `stance actor put` and `stance proposition put` say who and what that\n' +
  'is, --create-missing registers whatever is missing under its id.';

export interface LinesWork {
  readonly input: Input;
  readonly createMissing?: boolean;
  readonly batches: (retry: Retry) => AsyncIterable<Batch | RefusedLine>;
}

/** Sends the statements, shows how far it is, and tells what became of them. */
export const reportLines = async (
  session: Session,
  { input, createMissing, batches }: LinesWork,
): Promise<ExitCode> => {
  const { terminal, client, correlationId, signal } = session;
  const started = performance.now();
  const progress = startProgress(input.size, 'statement');
  const retry = createRetry({
    signal,
    onRetry: (error) => {
      if (!process.stderr.isTTY) terminal.note(`${error.message}; trying again`);
    },
  });
  const rejections: Rejection[] = [];
  let namesUnknown = false;
  /** How much of the input had been read when a batch was made: done is what is answered, not what is read ahead. */
  const readBy = new Map<Batch, number>();
  const noting = async function* (items: AsyncIterable<Batch | RefusedLine>): AsyncGenerator<Batch | RefusedLine> {
    for await (const item of items) {
      if ('bytes' in item) readBy.set(item, input.bytesRead());
      yield item;
    }
  };
  let answered: Readonly<Totals> | undefined;
  let totals: Totals;
  try {
    totals = await upload(noting(batches(retry)), {
      client,
      retry,
      createMissing: createMissing === true,
      onRejection: (rejection) => {
        namesUnknown ||= ['unknown-actor', 'unknown-proposition'].includes(rejection.error.code);
        if (terminal.json) terminal.data({ ...rejection, outcome: 'rejected' });
        else if (rejections.length < shown) rejections.push(rejection);
      },
      onProgress: (now, batch) => {
        answered = now;
        progress.update(now.accepted + now.duplicate + now.rejected, readBy.get(batch) ?? 0);
        readBy.delete(batch);
      },
    });
  } catch (error) {
    progress.stop();
    if (answered !== undefined)
      terminal.note(
        `Not finished: ${counted(answered.accepted + answered.duplicate, 'statement')} answered. Run it again to go on: what is recorded counts once.`,
      );
    throw error;
  }
  progress.stop();
  const seconds = (performance.now() - started) / 1000;
  if (terminal.json)
    terminal.data({
      summary: { ...totals, batchId: correlationId, seconds: Math.round(seconds * 1000) / 1000 },
    });
  else {
    printTotals(terminal, totals, rejections, seconds);
    if (namesUnknown) terminal.note(unknownHint);
    if (totals.position > 0) await printKnownAt(session, totals.position);
  }
  return totals.rejected > 0 ? exitCode.doneWithRejectedLines : exitCode.done;
};

const printTotals = (terminal: Terminal, totals: Totals, rejections: readonly Rejection[], seconds: number): void => {
  for (const { line, statementId, error } of rejections) {
    terminal.note(
      `line ${line}${statementId === undefined ? '' : ` (${statementId})`}: ${oneLine(error.detail)} [${error.code}]`,
    );
    for (const text of issueLines(error.detail, error.errors ?? [])) terminal.note(text);
  }
  if (totals.rejected > rejections.length)
    terminal.note(`… and ${counted(totals.rejected - rejections.length, 'more rejected line')}; --json lists all`);
  const all = totals.accepted + totals.duplicate + totals.rejected;
  const number = (value: number): string => value.toLocaleString('en').padStart(12);
  terminal.line(`accepted   ${number(totals.accepted)}`);
  terminal.line(`duplicate  ${number(totals.duplicate)}`);
  terminal.line(`rejected   ${number(totals.rejected)}`);
  const rate = Math.round(all / Math.max(seconds, 0.001)).toLocaleString('en');
  const reached = totals.position === 0 ? '' : `, up to position ${totals.position}`;
  terminal.line(`in ${seconds.toFixed(1)} s (${rate} a second)${reached}`);
};
