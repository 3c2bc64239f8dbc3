export * from './reader.ts';
export * from './writer.ts';
export { openSqliteChangeSetReader } from './change-set.ts';
