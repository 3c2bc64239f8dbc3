export type { PostgresReadModelOptions } from './options.ts';
export { openPostgresReadModel } from './reader.ts';
export { openPostgresReadModelWriter } from './writer.ts';
export type { PostgresReadModelWriterOptions } from './writer.ts';
export { openPostgresChangeSetReader } from './change-set.ts';
export { openPostgresReplacement } from './replacement.ts';
export type { PostgresReplacement } from './replacement.ts';
export { openPostgresTableRows } from './table-rows.ts';
