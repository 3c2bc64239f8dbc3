import cliProgress from 'cli-progress';

import { counted } from './text.ts';

export interface Progress {
  /** `read` is how many bytes of the input that is. */
  update(done: number, read: number): void;
  stop(): void;
}

/**
 * A bar on standard error while an input of so many bytes (`undefined`: nobody knows) is worked through; nothing where
 * that is no terminal.
 */
export const startProgress = (size: number | undefined, noun: string): Progress => {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const started = performance.now();
  const sized = size !== undefined;
  const bar = new cliProgress.SingleBar({
    format: sized ? '{bar} {percentage}% · {done} · {rate}/s{left}' : '{done} · {rate}/s',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    barsize: 30,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  const shown = (done: number, read: number) => {
    const seconds = (performance.now() - started) / 1000;
    const share = size === undefined || size === 0 ? 0 : read / size;
    const left = share === 0 ? '' : ` · ${Math.ceil((seconds / share) * (1 - share))} s left`;
    return { done: counted(done, noun), rate: Math.round(done / Math.max(seconds, 0.001)).toLocaleString('en'), left };
  };
  bar.start(size ?? 0, 0, shown(0, 0));
  return { update: (done, read) => bar.update(read, shown(done, read)), stop: () => bar.stop() };
};

export interface Steps {
  update(text: string): void;
  stop(): void;
}

/** One line on standard error that says how far long work is; nothing where that is no terminal. */
export const startSteps = (): Steps => {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new cliProgress.SingleBar({
    format: '{text}',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(1, 0, { text: '' });
  return { update: (text) => bar.update(0, { text }), stop: () => bar.stop() };
};
