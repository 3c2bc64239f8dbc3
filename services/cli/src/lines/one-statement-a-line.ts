import { CliError } from '../cli-error.ts';
import type { LineBlock, OverlongLine } from './line-blocks.ts';

/** A list, or an object of which the first line is only a part while another line follows. */
const isSpreadOut = (beginning: string): boolean => {
  const [first = '', ...rest] = beginning.trimStart().split('\n');
  if (first.startsWith('[')) return true;
  return first.startsWith('{') && !first.trimEnd().endsWith('}') && rest.some((line) => line.trim() !== '');
};
/** The beginning says it. A first line longer than this is no part of a spread-out object. */
const looked = 1024;

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
