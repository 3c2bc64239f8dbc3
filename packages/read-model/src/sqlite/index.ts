export { parkedStreamsIn } from './parked-streams.ts';
export * from './reader.ts';
export * from './writer.ts';
export { openSqliteReadModelFiller } from './filler.ts';
export type { ReadModelFiller } from './filler.ts';
export { openSqliteChangeSetReader } from './change-set.ts';
export { startSqliteReadModelFiller } from './start-filler.ts';
export { settleReadModelFile } from './settle.ts';
export { openSqliteTableRows } from './table-rows.ts';
