export { startStandalone } from './standalone.ts';
export type { Standalone, StandaloneOptions, StandaloneStatus } from './standalone.ts';
export { runStandalone } from './run.ts';
export type { Seeded } from './seed.ts';
