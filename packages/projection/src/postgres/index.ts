export { rebuildPostgres } from './rebuild-postgres.ts';
export type { RebuildPostgresOptions } from './rebuild-postgres.ts';
export { verifyPostgres } from './verify-postgres.ts';
export type { VerifyPostgresOptions } from './verify-postgres.ts';
