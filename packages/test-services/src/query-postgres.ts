import { Client } from 'pg';

/** Runs one statement, on a connection of its own, and gives its rows. */
export type Query = (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;

export const queryPostgres =
  (url: string): Query =>
  async (text, values) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(text, values as unknown[]);
      return rows;
    } finally {
      await client.end();
    }
  };
