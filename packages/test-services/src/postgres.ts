import { randomUUID } from 'node:crypto';

import { inject } from 'vitest';

import { askForService } from './ask-for-service.ts';
import { queryPostgres } from './query-postgres.ts';
import type { Query } from './query-postgres.ts';

/** A schema of its own, for a test. */
export interface PostgresSchema {
  readonly url: string;
  /** Its name; it is not there yet. */
  readonly schema: string;
  /** Runs statements as a superuser, with the schema as the one that names are looked for in. */
  readonly query: Query;
  /** Removes the schema and all in it. */
  drop(): Promise<void>;
}

/** A database of its own, for a test of whole services. */
export interface PostgresDatabase {
  readonly url: string;
  /** Cuts off whoever is connected to it and removes it. */
  drop(): Promise<void>;
}

/** The PostgreSQL of a test run. */
export interface TestPostgres {
  /** Why the tests that need it are skipped; `null` where it is there. */
  readonly missing: string | null;
  /** For the end of the titles of such tests: why they are skipped, where they are. */
  readonly note: string;
  /** Of a user who may do everything. */
  readonly url: string;
  schema(): PostgresSchema;
  database(): Promise<PostgresDatabase>;
}

const newSchema = (url: string): PostgresSchema => {
  const schema = `test_${randomUUID().replaceAll('-', '_')}`;
  const query = queryPostgres(`${url}?options=${encodeURIComponent(`-c search_path=${schema}`)}`);
  return {
    url,
    schema,
    query,
    drop: async () => {
      await query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    },
  };
};

const newDatabase = async (url: string): Promise<PostgresDatabase> => {
  const name = `test_${randomUUID().replaceAll('-', '_')}`;
  await queryPostgres(url)(`CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    drop: async () => {
      await queryPostgres(url)(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
};

/**
 * The PostgreSQL of this run, started for the first file that asks. Call it at the top of a test file.
 *
 * @throws Error where it cannot be had although `STANCE_REQUIRE_CONTAINERS=1` says that it must.
 */
export const testPostgres = async (): Promise<TestPostgres> => {
  const answer = await askForService('PostgreSQL', inject('postgres') as string | undefined);
  if ('place' in answer) {
    const { place } = answer;
    return { missing: null, note: '', url: place, schema: () => newSchema(place), database: () => newDatabase(place) };
  }
  return { ...answer, url: '', schema: () => newSchema(''), database: () => newDatabase('') };
};
