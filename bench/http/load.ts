import { setTimeout as pause } from 'node:timers/promises';

import { get, openConnection } from './connection.ts';
import { statementLine } from './statement-line.ts';
import type { StatementLine } from './statement-line.ts';
import { readVotes } from '../votes.ts';
import type { BenchArguments } from './arguments.ts';
import { submitLines } from './submit-lines.ts';

const linesPerRequest = 20_000;

/** The votes as the bodies of NDJSON requests, ready to be sent. `each` sees every statement. */
export const prepare = async (
  { votes, rows, shape }: Pick<BenchArguments, 'votes' | 'rows' | 'shape'>,
  each: (statement: StatementLine) => void = () => undefined,
): Promise<Buffer[]> => {
  const bodies: Buffer[] = [];
  let lines: string[] = [];
  const close = (): void => {
    if (lines.length > 0) bodies.push(Buffer.from(`${lines.join('\n')}\n`));
    lines = [];
  };
  for await (const vote of readVotes(votes, rows)) {
    const statement = statementLine(vote, shape);
    each(statement);
    if (lines.push(JSON.stringify(statement)) === linesPerRequest) close();
  }
  close();
  return bodies;
};

/** Sends the bodies, two at a time; resolves to the last position, once everything is durable. */
export const load = async (port: number, bodies: readonly Buffer[]): Promise<number> => {
  let position = 0;
  const rest = bodies.values();
  const sender = async (): Promise<void> => {
    for (const body of rest) {
      position = Math.max(position, (await submitLines(port, body)).position);
    }
  };
  await Promise.all([sender(), sender()]);
  return position;
};

interface Projections {
  readonly items: readonly { readonly published: number }[];
}

/** Resolves once the feed says what the read model has as of a position: loaded is what is published too. */
export const published = async (port: number, position: number): Promise<void> => {
  const connection = await openConnection(port);
  for (;;) {
    const { body } = await connection.request(get('/v1/projections'));
    const { items } = JSON.parse(body) as Projections;
    if (items.every((projection) => projection.published >= position)) break;
    await pause(250);
  }
  connection.close();
};
