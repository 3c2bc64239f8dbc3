import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const program = join(dirname(createRequire(import.meta.url).resolve('@stance/cli')), 'main.ts');

const help = async (command: readonly string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...command, '--help']);
  return stdout.trim();
};

/** The names of the commands that a help text lists. */
const commandsIn = (text: string): string[] =>
  [...text.matchAll(/^ {2}([a-z][a-z-]*)(?: [[<].*?)? {2,}\S/gm)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'help');

const section = async (command: readonly string[]): Promise<string> => {
  const text = await help(command);
  const [, afterArguments = ''] = /\n(?:Commands|Asking):\n([\s\S]*)/.exec(text) ?? [];
  const inner = await Promise.all(commandsIn(afterArguments).map((name) => section([...command, name])));
  const own = `## stance${command.map((name) => ` ${name}`).join('')}\n\n\`\`\`text\n${text}\n\`\`\`\n`;
  return [own, ...inner].join('\n');
};

export const cliPage = async (): Promise<string> => `# The command \`stance\`

In a clone of this project it is called as \`npm run -s stance --\`, with its arguments after that. It talks to a running
service over HTTP. \`--json\` stands before or after any command.

${await section([])}`;
