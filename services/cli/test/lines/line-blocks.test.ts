import fc from 'fast-check';
import { expect, test } from 'vitest';

import { lineBlocks } from '../../src/lines/line-blocks.ts';

interface Seen {
  readonly lines: Map<number, string>;
  readonly overlong: number[];
}

const readAll = async (chunks: readonly Buffer[], longest: number): Promise<Seen> => {
  const lines = new Map<number, string>();
  const overlong: number[] = [];
  const source = async function* (): AsyncGenerator<Buffer> {
    yield* chunks;
  };
  for await (const block of lineBlocks(source(), longest)) {
    if ('overlong' in block) {
      overlong.push(block.overlong);
      continue;
    }
    const texts = block.bytes.toString().slice(0, -1).split('\n');
    expect(texts).toHaveLength(block.count);
    texts.forEach((text, index) => lines.set(block.first + index, text));
  }
  return { lines, overlong };
};

const cutAt = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
};

test('however an input is cut into chunks, its lines keep their text and number, and only too long ones are left out', async () => {
  const longest = 8;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é', '"'), maxLength: 12 }), { minLength: 1 }),
      fc.array(fc.nat(), { maxLength: 10 }),
      fc.boolean(),
      async (texts, cuts, ended) => {
        const bytes = Buffer.from(texts.join('\n') + (ended ? '\n' : ''));
        const { lines, overlong } = await readAll(cutAt(bytes, cuts), longest);
        const long = texts.flatMap((text, index) => (Buffer.byteLength(text) > longest ? [index + 1] : []));
        const kept = texts.flatMap((text, index): [number, string][] =>
          Buffer.byteLength(text) > longest || (text === '' && index === texts.length - 1 && !ended)
            ? []
            : [[index + 1, text]],
        );
        expect(overlong).toEqual(long);
        expect([...lines]).toEqual(kept);
      },
    ),
  );
});

test('a line without an end is let go of long before it is all there', async () => {
  let given = 0;
  const endless = async function* (): AsyncGenerator<Buffer> {
    while (given < 1000) {
      given++;
      yield Buffer.alloc(100, 'x');
    }
  };
  const first = await lineBlocks(endless(), 1000).next();
  expect(first.value).toEqual({ overlong: 1 });
  expect(given).toBeLessThan(20);
});
