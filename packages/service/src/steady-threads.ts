import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from compiling the way into WebAssembly anew: where threads start and end meanwhile, that has been seen to end the
 * process (`Check failed: jit_page.has_value()`, in the collection of the cache of those wrappers that all threads share, V8
 * 13.6). The one WebAssembly here is what Node.js strips types with, in each thread that is run from its source. The wrappers
 * are compiled after so many calls:
 */
export const steadyWasm = '--wasm-wrapper-tiering-budget=1000000000';

/** To be called before a process starts threads. */
export const steadyThreads = (): void => setFlagsFromString(steadyWasm);
