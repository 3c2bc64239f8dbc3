import { get, openConnection, post } from './connection.ts';
import type { Connection } from './connection.ts';
import { createLatencies } from './latencies.ts';
import type { Latencies } from './latencies.ts';
import { evenly } from './pace.ts';
import type { StatementLine } from './statement-line.ts';

/** How much of the usual load: 500 statements a second, and 25 queries of each of the four kinds. */
const usual = { statements: 500, queries: 25 } as const;
/** One in so many statements is looked for once it is acknowledged. */
const lookedFor = 10;

/** What was measured, each from the moment it was due. */
export interface Measured {
  readonly acknowledged: Latencies;
  /** From acknowledged to visible. */
  readonly visible: Latencies;
  /** By the kind of query. */
  readonly asked: ReadonlyMap<string, Latencies>;
  /** What was not answered as it should be. */
  readonly failed: readonly string[];
}

export interface MixedLoad {
  /** Sends statements and asks queries at an even pace, for so long or until it is to stop. */
  run(time: { readonly seconds: number; readonly stopping?: AbortSignal }): Promise<Measured>;
}

interface Written {
  readonly statementId: string;
  readonly position: number;
}

/** Statements and queries about some of the votes that are loaded. @param share of the usual load. */
export const createMixedLoad = (port: number, samples: readonly StatementLine[], share = 1): MixedLoad => {
  const statementsPerSecond = usual.statements * share;
  const queriesPerSecond = usual.queries * share;
  /** Of statements sent so far: each has an id of its own. */
  let written = 0;
  const sample = (n: number): StatementLine => {
    const one = samples[(n * 7919) % samples.length];
    if (one === undefined) throw new Error('there are no votes to ask about');
    return one;
  };
  const queries: Readonly<Record<string, (n: number) => string>> = {
    stance: (n) => `/v1/stances?holder=${sample(n).holder}&proposition=${sample(n).proposition}`,
    history: (n) => `/v1/histories/${sample(n).holder}/${sample(n).proposition}`,
    changes: (n) => `/v1/changes?holder=${sample(n).holder}&limit=50`,
    actors: (n) => `/v1/actors?limit=100&q=${sample(n).holder.slice(0, 3)}`,
  };
  const nextStatement = (n: number): string => {
    const { id: _id, ...vote } = sample(n);
    return JSON.stringify({
      ...vote,
      id: `later-${n}`,
      act: 'assert',
      saidAt: '2021-01-01',
      quote: { exact: `${n}`, directness: 'direct' },
    });
  };
  const open = (): Promise<Connection> => openConnection(port);

  return {
    async run({ seconds, stopping }) {
      const acknowledged = createLatencies();
      const visible = createLatencies();
      const asked = new Map(Object.keys(queries).map((name) => [name, createLatencies()]));
      const failed: string[] = [];
      const until = stopping === undefined ? {} : { stopping };

      const write = async (connection: Connection, due: number): Promise<void> => {
        const n = written++;
        const { status, body } = await connection.request(post('/v1/statements', nextStatement(n)));
        if (status !== 201) {
          failed.push(`${status}: ${body}`);
          return;
        }
        const now = performance.now();
        acknowledged.add(now - due);
        if (n % lookedFor !== 0) return;
        const { statementId, position } = JSON.parse(body) as Written;
        const read = await connection.request(get(`/v1/statements/${statementId}?minPosition=${position}`));
        if (read.status === 200) visible.add(performance.now() - now);
        else failed.push(`${read.status}: ${read.body}`);
      };
      const ask = async (connection: Connection, path: string, due: number, latencies: Latencies): Promise<void> => {
        const { status, body } = await connection.request(get(path));
        if (status === 200) latencies.add(performance.now() - due);
        else failed.push(`${status} ${path}: ${body}`);
      };

      await Promise.all([
        evenly({ perSecond: statementsPerSecond, seconds, workers: 64, ...until }, async () => {
          const connection = await open();
          return (_, due) => write(connection, due);
        }),
        ...Object.entries(queries).map(([name, path], index, { length }) =>
          evenly(
            {
              perSecond: queriesPerSecond,
              seconds,
              after: (index * 1000) / queriesPerSecond / length,
              workers: 2,
              ...until,
            },
            async () => {
              const connection = await open();
              return (n, due) => ask(connection, path(n), due, asked.get(name) ?? createLatencies());
            },
          ),
        ),
      ]);
      return { acknowledged, visible, asked, failed };
    },
  };
};

/** Median and 99th percentile, in milliseconds. */
export const both = (latencies: Latencies): Readonly<Record<string, number>> => ({
  p50: latencies.percentile(0.5),
  p99: latencies.percentile(0.99),
});
