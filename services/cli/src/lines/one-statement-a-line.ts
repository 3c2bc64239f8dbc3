import { CliError } from '../cli-error.ts';
import type { LineBlock, OverlongLine } from './line-blocks.ts';

/** The beginning says it. A first line longer than this is no part of a spread-out object. */
const looked = 1024;

/** A list, or an object that goes on in the next line. Where that begins an object of its own, only the first is broken. */
const isSpreadOut = (beginning: string): boolean => {
  const [first = '', ...rest] = beginning.trimStart().split('\n');
  if (first.startsWith('[')) return true;
  const next = rest.find((line) => line.trim() !== '')?.trimStart();
  return first.startsWith('{') && !first.trimEnd().endsWith('}') && next !== undefined && !next.startsWith('{');
};

/**
 * The blocks, where they begin as NDJSON. Throws `wrong-use` for JSON over several lines: of it every line would be
 * rejected.
 */
export const oneStatementALine = async function* (
  blocks: AsyncIterable<LineBlock | OverlongLine>,
  name: string,
): AsyncGenerator<LineBlock | OverlongLine> {
  for await (const block of blocks) {
    if ('bytes' in block && block.first === 1 && isSpreadOut(block.bytes.toString('utf8', 0, looked)))
      throw new CliError('wrong-use', `In ${name} a statement does not stand on one line, or several stand in a list`, {
        hint: 'It must be one JSON object a line: `jq -c . FILE` writes objects so, `jq -c ".[]" FILE` those of a list.',
      });
    yield block;
  }
};
