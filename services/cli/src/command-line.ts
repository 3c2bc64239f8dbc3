import { CommanderError } from 'commander';

import { exitCode } from './exit-code.ts';
import { createProgram } from './program.ts';
import { reportFailure } from './report-failure.ts';
import { openSession } from './session.ts';

/** Does what the arguments of the process say, and sets its exit code. */
export const runCommandLine = async (): Promise<void> => {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      // The first one lets what is under way end in order; whoever asks twice is not kept waiting.
      if (stop.signal.aborted) process.exit(exitCode.interrupted);
      stop.abort();
    });

  // `stance --help | head` closes the pipe early: that is no failure.
  for (const output of [process.stdout, process.stderr])
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });

  const program = createProgram(async (command, work) => {
    try {
      process.exitCode = (await work(openSession(command, stop.signal))) ?? exitCode.done;
    } catch (error) {
      process.exitCode = reportFailure(error, command.optsWithGlobals<{ json?: boolean }>().json === true);
    }
  });

  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // commander has said what is wrong; asked for help it ends with 0.
    process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.wrongUse;
  }
};
