import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';

import { expect, test } from 'vitest';

import { batchLines, gather } from '../../src/lines/gather.ts';
import { lineBlocks } from '../../src/lines/line-blocks.ts';
import { restOf, type Batch } from '../../src/lines/batch.ts';

const batchesOf = (input: PassThrough) => gather(lineBlocks(input, 1000));

const isBatch = (item: unknown): item is Batch => typeof item === 'object' && item !== null && 'bytes' in item;

test('lines of an input that pauses go out without waiting for more', async () => {
  const input = new PassThrough();
  const batches = batchesOf(input);
  input.write('one\ntwo\nth');
  const first = (await batches.next()).value;
  expect(isBatch(first) && first.bytes.toString()).toBe('one\ntwo\n');

  input.end('ree\n');
  const second = (await batches.next()).value;
  expect(isBatch(second) && [second.bytes.toString(), second.lineOf(1)]).toEqual(['three\n', 3]);
  expect((await batches.next()).done).toBe(true);
});

test('a batch holds about as many lines as it should, and knows where each comes from', async () => {
  const input = new PassThrough();
  const all = Array.from({ length: batchLines * 2.5 }, (_, index) => `${index + 1}`.padEnd(100));
  Readable.from(all.map((text) => `${text}\n`)).pipe(input);
  const seen: string[] = [];
  for await (const batch of batchesOf(input)) {
    if (!isBatch(batch)) throw new Error('nothing is refused here');
    expect(batch.count).toBeLessThan(batchLines * 2);
    batch.bytes
      .toString()
      .slice(0, -1)
      .split('\n')
      .forEach((text, index) => {
        expect(batch.lineOf(index + 1)).toBe(Number(text));
        seen.push(text);
      });
  }
  expect(seen).toEqual(all);
});

test('what is left of a batch keeps the numbers of its lines', async () => {
  const input = new PassThrough();
  input.end('a\nb\nc\n');
  await once(input, 'readable');
  const batch = (await batchesOf(input).next()).value;
  if (!isBatch(batch)) throw new Error('there is one batch');
  const rest = restOf(batch, 2);
  expect([rest.bytes.toString(), rest.count, rest.lineOf(1)]).toEqual(['c\n', 1, 3]);
});

test('a line that is too long stands between the batches with its number', async () => {
  const input = new PassThrough();
  input.end(`a\n${'x'.repeat(2000)}\nb\n`);
  const items: unknown[] = [];
  for await (const item of batchesOf(input)) items.push(isBatch(item) ? item.bytes.toString() : item.line);
  expect(items).toEqual(['a\n', 2, 'b\n']);
});
