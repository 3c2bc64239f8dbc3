export { testPostgres } from './postgres.ts';
export type { PostgresSchema, TestPostgres } from './postgres.ts';
