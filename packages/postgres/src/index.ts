export { createAnswering } from './answering.ts';
export { openConnections } from './connections.ts';
export type {
  Connection,
  Connections,
  ConnectionsOptions,
  HeldConnection,
  Rows,
  WritingConnection,
} from './connections.ts';
export { failureOf } from './failure.ts';
export type { PostgresFailure, PostgresFailureKind } from './failure.ts';
export type { Copy } from './copy-query.ts';
export { columnTypes, quoted } from './types.ts';
export type { ColumnType, Value } from './types.ts';
export { arrayText, unnested } from './unnested.ts';
export type { TypedColumn, UnnestedRows } from './unnested.ts';
export { layoutOf, prepareSchema } from './layout.ts';
export type { Layout } from './layout.ts';
export { transaction } from './transaction.ts';
export type { UnderWay } from './transaction.ts';
export { createLocate } from './locate.ts';
export type { Located, LocationDefaults, PostgresLocation } from './locate.ts';
