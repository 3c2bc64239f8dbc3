import { createLocate } from '@stance/postgres';
import type { PostgresLocation } from '@stance/postgres';

/** Where a read model in PostgreSQL is. If left out, the schema is `stance_read_model`, and there are 8 connections at most. */
export type PostgresReadModelOptions = PostgresLocation;

export const locate = createLocate({ schema: 'stance_read_model', connections: 8, name: 'stance read model' });
