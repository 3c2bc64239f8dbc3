/** What the exit code of the command says. */
export const exitCode = {
  done: 0,
  failed: 1,
  wrongUse: 2,
  doneWithRejectedLines: 3,
  /** Stopped by Ctrl-C, as shells have it: 128 and the number of the signal. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
