import { expect, test } from 'vitest';

import { mappedBatches } from '../../src/import/mapped-batches.ts';
import { unCubaEmbargoImporter } from '../../src/import/un-cuba-embargo.ts';
import { lineBlocks } from '../../src/lines/line-blocks.ts';
import { keepingRegistry } from './statements-of.ts';

const line = (actor: string, ...votes: readonly string[]): string =>
  JSON.stringify({
    actor,
    history: votes.map((vote, index) => ({ date: `199${index}-11-03`, vote, rcid: 3670 + index })),
  });

const run = async (bytes: Buffer) => {
  const { registry, propositions } = keepingRegistry();
  const source = async function* (): AsyncGenerator<Buffer> {
    yield bytes;
  };
  const statements: { from: number; id: unknown }[] = [];
  const refused: [number, string][] = [];
  for await (const item of mappedBatches(lineBlocks(source(), 10_000), unCubaEmbargoImporter(), registry)) {
    if ('reason' in item) {
      refused.push([item.line, item.reason]);
      continue;
    }
    const texts = item.bytes.toString().trimEnd().split('\n');
    texts.forEach((text, index) =>
      statements.push({ from: item.lineOf(index + 1), id: (JSON.parse(text) as { id: unknown }).id }),
    );
  }
  return { statements, refused, propositions };
};

test('each statement knows the line it was made of, also where one line makes several', async () => {
  const { statements, propositions } = await run(
    Buffer.from(`${line('Cuba', 'yes', 'yes')}\n\n${line('Israel', 'no')}`),
  );
  expect(statements).toEqual([
    { from: 1, id: 'un-cuba-embargo-3670-cuba' },
    { from: 1, id: 'un-cuba-embargo-3671-cuba' },
    { from: 3, id: 'un-cuba-embargo-3670-israel' },
  ]);
  expect([...propositions.keys()]).toEqual(['un-cuba-embargo']);
});

test('a wrong line is refused by its number, and the others go on', async () => {
  const wrong = Buffer.concat([
    Buffer.from(`${line('Cuba', 'yes')}\n{"actor":1}\n`),
    Buffer.from([0xff, 0xfe, 0x0a]),
    Buffer.from(`${'x'.repeat(20_000)}\n${line('Israel', 'maybe')}\n${line('Israel', 'no')}\n`),
  ]);
  const { statements, refused } = await run(wrong);
  expect(statements.map(({ from }) => from)).toEqual([1, 6]);
  expect(new Set(refused.map(([number]) => number))).toEqual(new Set([2, 3, 4, 5]));
  expect(new Map(refused).get(3)).toBe('not UTF-8');
  expect(new Map(refused).get(5)).toMatch(/^history\.0\.vote: /);
});
