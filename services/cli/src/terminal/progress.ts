import cliProgress from 'cli-progress';

import type { Input } from '../lines/open-input.ts';
import { counted } from './text.ts';

export interface Progress {
  update(done: number): void;
  stop(): void;
}

/** A bar on standard error while an input is worked through; nothing where that is no terminal. */
export const startProgress = (input: Input, noun: string): Progress => {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const started = performance.now();
  const sized = input.size !== undefined;
  const bar = new cliProgress.SingleBar({
    format: sized ? '{bar} {percentage}% · {done} · {rate}/s · {left}' : '{done} · {rate}/s',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    barsize: 30,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  const shown = (done: number) => {
    const seconds = (performance.now() - started) / 1000;
    const share = input.size === undefined || input.size === 0 ? 0 : input.bytesRead() / input.size;
    const left = share === 0 ? '' : `${Math.ceil((seconds / share) * (1 - share))} s left`;
    return { done: counted(done, noun), rate: Math.round(done / Math.max(seconds, 0.001)).toLocaleString('en'), left };
  };
  bar.start(input.size ?? 1, 0, shown(0));
  return { update: (done) => bar.update(input.bytesRead(), shown(done)), stop: () => bar.stop() };
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
