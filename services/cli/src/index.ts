export { createClient } from './client/client.ts';
export type { Client, ClientOptions } from './client/client.ts';
export { loadExamples } from './import/examples.ts';
export type { LoadedExamples } from './import/examples.ts';
