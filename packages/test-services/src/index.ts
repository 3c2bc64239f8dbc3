export { testKafka } from './kafka.ts';
export type { TestKafka } from './kafka.ts';
export { testPostgres } from './postgres.ts';
export type { PostgresDatabase, PostgresSchema, TestPostgres } from './postgres.ts';
