import { pattern, settled } from './alike.ts';
import { stepsOf } from './blocks.ts';
import type { Reader } from './reader.ts';

const firstLine = (output: string): string | undefined => settled(output).split('\n')[0];

/**
 * The page with what its commands print now, where that is not what it says already.
 *
 * @throws Error where a command fails and the page does not show that failure: it would be taken for what should happen.
 */
export const rewritten = async (page: string, reader: Pick<Reader, 'run' | 'save'>): Promise<string> => {
  const lines = page.split('\n');
  let moved = 0;
  for (const { saves, command, output, line } of stepsOf(page)) {
    for (const save of saves) await reader.save(save);
    const { text, failed } = await reader.run(command);
    const printed = text.trimEnd();
    if (pattern(output).test(settled(printed))) continue;
    if (failed && firstLine(output) !== firstLine(printed)) {
      throw new Error(
        `line ${line}: \`${command}\` failed. If that is what the page shall show, write the first line of it there.\n${printed}`,
      );
    }
    const from = line - 1 + command.split('\n').length + moved;
    const before = output === '' ? 0 : output.split('\n').length;
    const after = printed === '' ? [] : printed.split('\n');
    lines.splice(from, before, ...after);
    moved += after.length - before;
  }
  return lines.join('\n');
};
