import type { StatementContent } from '@stance/contracts';

import { get, openConnection, post } from './connection.ts';
import type { Connection } from './connection.ts';
import type { Service } from './service.ts';
import { submitLines } from './submit-lines.ts';

export type GivenStatement = Partial<StatementContent> & { readonly id: string; readonly holder: string };

const firstDay = Date.UTC(1700, 0, 1);

/** The n-th day since 1700. */
export const dayNo = (n: number): string => new Date(firstDay + n * 86_400_000).toISOString().slice(0, 10);

const contentOf = (given: GivenStatement) => ({
  proposition: 'p',
  act: 'assert' as const,
  authority: 'self' as const,
  quote: { exact: `${given.id} says so`, directness: 'direct' as const },
  ...(given.endorses === undefined ? { direction: 'support' as const } : {}),
  ...given,
});

const statementsPerRequest = 20_000;

/** Submits statements, and resolves to the position of the last once all of them can be read. */
export const submitAll = async (service: Service, statements: readonly GivenStatement[]): Promise<number> => {
  let last = 0;
  for (let from = 0; from < statements.length; from += statementsPerRequest) {
    const lines = statements.slice(from, from + statementsPerRequest).map((each) => JSON.stringify(contentOf(each)));
    last = Math.max(last, (await submitLines(service.port, Buffer.from(`${lines.join('\n')}\n`))).position);
  }
  await service.passed(last);
  return last;
};

/** Milliseconds that some work took. */
export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** The service from outside, one call at a time. */
export interface Caller {
  /** Resolves to the position, once what is posted is acknowledged. */
  post(path: string, body: unknown): Promise<number>;
  state(statement: GivenStatement): Promise<number>;
  /** Milliseconds until it is answered. */
  read(path: string): Promise<number>;
  close(): void;
}

const ok = async (connection: Connection, request: string): Promise<string> => {
  const { status, body } = await connection.request(request);
  if (status >= 300) throw new Error(`${String(status)} ${request.slice(0, 200)}: ${body}`);
  return body;
};

export const openCaller = async ({ port }: Service): Promise<Caller> => {
  const connection = await openConnection(port);
  const send = async (path: string, body: unknown): Promise<number> =>
    (JSON.parse(await ok(connection, post(path, JSON.stringify(body)))) as { position: number }).position;
  return {
    post: send,
    state: (statement) => send('/v1/statements?createMissing=true', contentOf(statement)),
    read: (path) => timed(() => ok(connection, get(path))),
    close: () => {
      connection.close();
    },
  };
};

/** Asks the same again and again while some work goes on; resolves to how long the slowest answer took, in milliseconds. */
export const slowestWhile = async (service: Service, path: string, work: Promise<unknown>): Promise<number> => {
  const caller = await openCaller(service);
  let going = true;
  const stop = (): void => {
    going = false;
  };
  work.then(stop, stop);
  let slowest = 0;
  while (going) slowest = Math.max(slowest, await caller.read(path));
  caller.close();
  return slowest;
};
