import type { Batch, RefusedLine } from '../lines/batch.ts';
import { batchBytes, batchLines, overlongReason } from '../lines/gather.ts';
import type { LineBlock, OverlongLine } from '../lines/line-blocks.ts';
import { LineFault, type Importer } from './importer.ts';
import type { Registry } from './registry.ts';

/** Batches of the statements that an importer makes of lines. Each comes out when what it names is registered. */
export const mappedBatches = async function* (
  blocks: AsyncIterable<LineBlock | OverlongLine>,
  importer: Importer,
  registry: Registry,
): AsyncGenerator<Batch | RefusedLine> {
  let texts: string[] = [];
  let lines: number[] = [];
  let characters = 0;
  const take = (): Batch => {
    const origins = lines;
    const bytes = Buffer.from(`${texts.join('\n')}\n`);
    texts = [];
    lines = [];
    characters = 0;
    return { bytes, count: origins.length, lineOf: (line) => origins[line - 1] ?? line };
  };

  for await (const block of blocks) {
    if ('overlong' in block) {
      yield { line: block.overlong, reason: overlongReason };
      continue;
    }
    let line = block.first - 1;
    for (const text of linesOf(block)) {
      line++;
      const statements = mapped(text, importer, registry);
      if (typeof statements === 'string') {
        yield { line, reason: statements };
        continue;
      }
      for (const statement of statements) {
        texts.push(statement);
        lines.push(line);
        characters += statement.length;
      }
      if (texts.length < batchLines && characters < batchBytes) continue;
      await registry.settled();
      yield take();
    }
  }
  await registry.settled();
  if (texts.length > 0) yield take();
};

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The lines of a block; `undefined` for one that is not UTF-8. */
const linesOf = (block: LineBlock): (string | undefined)[] => {
  const bytes = block.bytes.subarray(0, -1);
  const whole = decoded(bytes);
  if (whole !== undefined) return whole.split('\n');
  const lines: (string | undefined)[] = [];
  for (let start = 0; start <= bytes.length;) {
    const end = bytes.indexOf(0x0a, start);
    lines.push(decoded(bytes.subarray(start, end < 0 ? bytes.length : end)));
    start = end < 0 ? bytes.length + 1 : end + 1;
  }
  return lines;
};

const decoded = (bytes: Uint8Array): string | undefined => {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
};

/** The statements of a line, or what is wrong with it. */
const mapped = (text: string | undefined, importer: Importer, registry: Registry): readonly string[] | string => {
  if (text === undefined) return 'not UTF-8';
  if (text === '' || text === '\r') return [];
  try {
    return importer.statements(text, registry);
  } catch (error) {
    if (error instanceof LineFault) return error.message;
    throw error;
  }
};
