import { randomUUID } from 'node:crypto';

import { Client } from 'pg';

const run = async (url: string, statement: string): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
};

/** A database of its own, removed in the end. */
export const freshDatabase = async (url: string) => {
  const name = `stance_bench_${randomUUID().replaceAll('-', '_')}`;
  await run(url, `CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, [Symbol.asyncDispose]: () => run(url, `DROP DATABASE ${name} WITH (FORCE)`) };
};
