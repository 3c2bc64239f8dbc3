import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** Where the answers of a command go: to people as text, to programs as JSON. */
export interface Terminal {
  readonly json: boolean;
  /** How many columns a line of text may take. */
  readonly width: number;
  /** Whether whoever read standard output has gone away, so that nothing more is wanted. */
  readonly closed: boolean;
  /** One line of text to standard output. */
  line(text?: string): void;
  /** One JSON document, on one line, to standard output. */
  data(value: unknown): void;
  /** One line to standard error. */
  note(text: string): void;
  /** Coloured where standard output is a terminal that shows colours. */
  paint(style: Style, text: string): string;
  /** Resolves when as much is written that more may follow. */
  drained(): Promise<void>;
}

const widest = 100;
const narrowest = 60;

export const createTerminal = (json: boolean): Terminal => {
  const { stdout, stderr } = process;
  let closed = false;
  const onError = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE') closed = true;
  };
  stdout.on('error', onError);
  stderr.on('error', onError);
  const write = (text: string): void => {
    if (!closed) stdout.write(text);
  };

  return {
    json,
    width: Math.max(narrowest, Math.min(widest, stdout.isTTY ? stdout.columns : widest)),
    get closed() {
      return closed;
    },
    line: (text = '') => write(`${text}\n`),
    data: (value) => write(`${JSON.stringify(value)}\n`),
    note: (text) => {
      stderr.write(`${text}\n`);
    },
    paint: (style, text) => styleText(style, text, { stream: stdout }),
    drained: async () => {
      if (closed || !stdout.writableNeedDrain) return;
      await new Promise<void>((resolve) => {
        const done = (): void => {
          stdout.off('drain', done);
          stdout.off('error', done);
          resolve();
        };
        stdout.on('drain', done);
        stdout.on('error', done);
      });
    },
  };
};
