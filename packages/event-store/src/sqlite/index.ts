export { openSqliteEventStore, type SqliteEventStoreOptions } from './sqlite-event-store.ts';
export { openSqliteEventLogReader } from './log-reader.ts';
export { isSqliteEventStoreInUse } from './writer-lock.ts';
