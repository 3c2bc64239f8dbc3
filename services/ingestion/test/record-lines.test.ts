import { Buffer } from 'node:buffer';

import { lineResultSchema, ProblemError } from '@stance/contracts';
import type { LineResult } from '@stance/contracts';
import { describe, expect, it } from 'vitest';

import { resultLine } from '../src/ndjson/line-results.ts';
import { recordLines } from '../src/ndjson/record-lines.ts';
import type { RecordedLines, RecordLinesOptions } from '../src/ndjson/record-lines.ts';
import { bench, context, vote } from './harness.ts';

interface Run extends RecordedLines {
  readonly results: readonly LineResult[];
  /** How many lines each batch had. */
  readonly batches: readonly number[];
}

async function* pieces(text: string, pieceLength: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += pieceLength) yield bytes.subarray(from, from + pieceLength);
}

const cut = (text: string, pieceLength: number) => (): AsyncGenerator<Buffer> => pieces(text, pieceLength);

const run = async (
  chunks: () => AsyncIterable<Buffer>,
  changes: (options: RecordLinesOptions) => Partial<RecordLinesOptions> = () => ({}),
): Promise<Run & Awaited<ReturnType<typeof bench>>> => {
  const parts = await bench();
  const { ingestion } = parts;
  const results: LineResult[] = [];
  const batches: number[] = [];
  const options: RecordLinesOptions = {
    context,
    createMissing: false,
    recordStatements: ingestion.recordStatements,
    rules: ingestion.rules,
    stopping: new AbortController().signal,
    limits: { ...ingestion.limits, batchLines: 10 },
    deliver: async (outcomes) => {
      batches.push(outcomes.length);
      for (const outcome of outcomes) results.push(lineResultSchema.parse(JSON.parse(resultLine(outcome))));
    },
  };
  const ended = await recordLines(chunks, { ...options, ...changes(options) });
  return { ...parts, ...ended, results, batches };
};

const line = (changes: Record<string, unknown> = {}): string => `${JSON.stringify(vote(changes))}\n`;
const many = (count: number): string => Array.from({ length: count }, (_, n) => line({ id: `v${n}` })).join('');

describe('recording lines', () => {
  it.each([1, 100, 1_000_000])('answers every line, in order, in pieces of %i bytes', async (pieceLength) => {
    const text = [
      line(),
      '\n',
      line(),
      line({ direction: 'oppose' }),
      '{"holder":\n',
      '[]\n',
      line({ id: 'v2', stance: 1 }),
      line({ id: 'v3', holder: 'nobody' }),
      line({ id: 'v4' }),
    ].join('');
    const { results, stopped, broken } = await run(cut(text, pieceLength));
    expect(results.map(({ line: number, outcome, error }) => [number, outcome, error?.code])).toEqual([
      [1, 'accepted', undefined],
      [3, 'duplicate', undefined],
      [4, 'rejected', 'statement-conflict'],
      [5, 'rejected', 'malformed-json'],
      [6, 'rejected', 'invalid-input'],
      [7, 'rejected', 'invalid-input'],
      [8, 'rejected', 'unknown-actor'],
      [9, 'accepted', undefined],
    ]);
    expect(results[0]).toEqual({ line: 1, outcome: 'accepted', statementId: 'v1', position: 4 });
    expect(results[1]).toEqual({ line: 3, outcome: 'duplicate', statementId: 'v1', position: 4, state: 'active' });
    expect(results[5]).toEqual({
      line: 7,
      outcome: 'rejected',
      error: {
        code: 'invalid-input',
        detail: 'The statement is not valid: stance: unknown field',
        retryable: false,
        errors: [{ path: 'stance', message: 'unknown field' }],
      },
    });
    expect([stopped, broken]).toEqual([undefined, undefined]);
  });

  it('appends in batches of a bounded size, whatever has come meanwhile', async () => {
    const { results, batches } = await run(cut(many(95), 1_000_000));
    expect(results).toHaveLength(95);
    expect(Math.max(...batches)).toBe(10);
  });

  it('reads on while a batch is being written, and no further than it may', async () => {
    let read = 0;
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    async function* counted(): AsyncGenerator<Buffer> {
      for (let n = 0; n < 100; n += 1) {
        read += 1;
        yield Buffer.from(line({ id: `v${n}` }));
      }
    }
    const running = run(counted, ({ recordStatements }) => ({
      recordStatements: async (...call) => {
        await held;
        return recordStatements(...call);
      },
    }));
    // Until nothing moves any more: one line and then ten under way, ten waiting for room.
    let before = -1;
    while (read === 0 || before !== read) {
      before = read;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(read).toBeGreaterThan(10);
    expect(read).toBeLessThanOrEqual(31);
    release();
    expect((await running).results).toHaveLength(100);
  });

  it('counts the complete lines of an input that breaks off, and not the one begun', async () => {
    async function* breaking(): AsyncGenerator<Buffer> {
      yield Buffer.from(many(3));
      yield Buffer.from(line({ id: 'v3' }).slice(0, -1));
      throw new Error('cut');
    }
    const { broken, events } = await run(breaking);
    expect(broken).toEqual(new Error('cut'));
    expect((await events()).slice(3).map(({ stream }) => stream)).toEqual([
      'statement-v0',
      'statement-v1',
      'statement-v2',
    ]);
  });

  it('answers the lines that a failing store was given, and stops', async () => {
    let batches = 0;
    const { results, stopped } = await run(cut(many(100), 1000), ({ recordStatements }) => ({
      recordStatements: (...call) => {
        batches += 1;
        if (batches === 2) throw new ProblemError('store-unavailable', { detail: 'gone' });
        return recordStatements(...call);
      },
    }));
    const failed = results.filter(({ outcome }) => outcome === 'rejected');
    expect(failed.length).toBeGreaterThan(0);
    expect(failed[0]?.error).toEqual({ code: 'store-unavailable', detail: 'gone', retryable: true });
    expect(results.length).toBeLessThan(100);
    expect(stopped).toMatchObject({ afterLine: results.length, problem: { code: 'store-unavailable' } });
  });

  it('stops where results cannot be delivered, with everything before it recorded', async () => {
    const { stopped, events } = await run(cut(many(100), 1000), () => ({
      deliver: () => Promise.reject(new ProblemError('results-not-read')),
    }));
    expect(stopped?.problem.code).toBe('results-not-read');
    const { length } = await events();
    expect(length - 3).toBe(stopped?.afterLine);
    expect(length).toBeLessThan(100);
  });
});
