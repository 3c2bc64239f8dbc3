/** A command of a page, and what the page says it prints. */
export interface Step {
  /** What the page has its reader save before it. */
  readonly saves: readonly SavedFile[];
  readonly command: string;
  readonly output: string;
  /** Its line in the page, from 1. */
  readonly line: number;
}

/** A file that a page tells its reader to save: a block with a title. */
export interface SavedFile {
  readonly file: string;
  readonly text: string;
}

const fence = /^```(\w*)(?: title="([^"]+)")?$/;

/**
 * What a page has its reader do, in order. In a `console` block a line from `$ ` on is a command, which a backslash at
 * the end continues; the lines after it are its output. Any other block with a `title` is a file to save.
 */
export const stepsOf = (page: string): Step[] => {
  const found: Step[] = [];
  let saves: SavedFile[] = [];
  const lines = page.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const open = fence.exec(lines[at] ?? '');
    if (open === null) continue;
    const end = lines.indexOf('```', at + 1);
    if (end === -1) throw new Error(`line ${at + 1}: the block never ends`);
    const [, language, file] = open;
    const inner = lines.slice(at + 1, end);
    if (file !== undefined) saves.push({ file, text: `${inner.join('\n')}\n` });
    else if (language === 'console') {
      found.push(...commands(inner, at + 2).map((command, index) => ({ saves: index === 0 ? saves : [], ...command })));
      saves = [];
    }
    at = end;
  }
  return found;
};

const commands = (lines: readonly string[], firstLine: number): Omit<Step, 'saves'>[] => {
  const found: { command: string; output: string[]; line: number }[] = [];
  let continued = false;
  for (const [index, text] of lines.entries()) {
    const last = found.at(-1);
    if (continued && last !== undefined) last.command += `\n${text}`;
    else if (text.startsWith('$ ')) found.push({ command: text.slice(2), output: [], line: firstLine + index });
    else if (last === undefined) throw new Error(`line ${firstLine + index}: output without a command`);
    else last.output.push(text);
    continued = (continued || text.startsWith('$ ')) && text.endsWith('\\');
  }
  return found.map(({ command, output, line }) => ({ command, output: output.join('\n'), line }));
};
