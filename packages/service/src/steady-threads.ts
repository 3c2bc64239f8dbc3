import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from compiling the way into WebAssembly anew: where threads start and end meanwhile, that has been seen to end the
 * process (`Check failed: jit_page.has_value()`, in the collection of the cache of those wrappers that all threads share, V8
 * 13.6). The one WebAssembly here is what Node.js strips types with, in each thread that is run from its source. The wrappers
 * are compiled after so many calls:
 */
export const steadyWasm = '--wasm-wrapper-tiering-budget=1000000000';

/**
 * What `npm start` gives the main thread for young objects is too much for the others: each would take as much again, and what
 * they work on does not outlive two collections of the usual size.
 */
const usualYoungSpace = ['--min-semi-space-size=1', '--max-semi-space-size=16'] as const;

/** To be called before a process starts threads: they are made with the flags that are set when they start. */
export const steadyThreads = (): void => {
  for (const flag of [steadyWasm, ...usualYoungSpace]) setFlagsFromString(flag);
};
