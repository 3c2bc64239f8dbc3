import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';

/** What every program of this folder takes. */
export interface ClusterArguments {
  readonly votes: string;
  readonly rows: number;
  readonly folder: string;
  readonly seconds: number;
  /** An event file, as `projection/events.ts` makes it. */
  readonly events: string;
  /** A server that keeps what it says it keeps. */
  readonly postgres: string;
  /** `host:port` */
  readonly kafka: string;
  /** Of the topic that is read. */
  readonly prefix: string;
}

/** @throws Error where there is no server. */
export const readArguments = (): ClusterArguments => {
  const { values } = parseArgs({
    options: {
      votes: { type: 'string', default: '' },
      rows: { type: 'string', default: '100000' },
      folder: { type: 'string', default: tmpdir() },
      seconds: { type: 'string', default: '60' },
      events: { type: 'string', default: '' },
      postgres: { type: 'string', default: '' },
      kafka: { type: 'string', default: '' },
      prefix: { type: 'string', default: '' },
    },
  });
  if (values.kafka === '') throw new Error('--kafka HOST:PORT, and --postgres URL where it writes');
  return { ...values, rows: Number(values.rows), seconds: Number(values.seconds) };
};
