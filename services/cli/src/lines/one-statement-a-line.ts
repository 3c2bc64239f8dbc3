import { CliError } from '../cli-error.ts';
import type { LineBlock, OverlongLine } from './line-blocks.ts';

/** A list, or an object that goes on in the next line. */
const spreadOut = /^\s*(?:\[|\{\s*\n)/;
/** The beginning says it. */
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
    if ('bytes' in block && block.first === 1 && spreadOut.test(block.bytes.toString('utf8', 0, looked)))
      throw new CliError('wrong-use', `In ${name} a statement does not stand on one line, or several stand in a list`, {
        hint: 'It must be one JSON object a line: `jq -c . FILE` writes objects so, `jq -c ".[]" FILE` those of a list.',
      });
    yield block;
  }
};
