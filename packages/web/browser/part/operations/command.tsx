import { text } from '../../text/index.ts';

/** A word of a command line: what a shell would read otherwise stands between quotes. */
const quoted = (word: string): string =>
  /^[A-Za-z0-9._:~/-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** A command of the command line, to be copied. */
export const Command = ({ words }: { readonly words: readonly string[] }) => (
  <p class="command">
    <span class="aside">{text.operations.command}:</span>{' '}
    <code>npm run -s stance -- {words.map(quoted).join(' ')}</code>
  </p>
);
