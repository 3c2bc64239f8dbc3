import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';

import type { VoteShape } from '../votes.ts';

export interface BenchArguments {
  readonly votes: string;
  readonly rows: number;
  readonly folder: string;
  readonly shape: VoteShape;
  readonly seconds: number;
  /** Where read model and feed are kept instead of files; empty, if not. */
  readonly postgres: string;
  /** How much of the usual load comes in beside what is measured. */
  readonly load: number;
}

/** What every program of this folder takes. */
export const readArguments = (): BenchArguments => {
  const { values } = parseArgs({
    options: {
      votes: { type: 'string' },
      rows: { type: 'string', default: '100000' },
      folder: { type: 'string', default: tmpdir() },
      shape: { type: 'string', default: 'roll-call' },
      seconds: { type: 'string', default: '10' },
      postgres: { type: 'string', default: '' },
      load: { type: 'string', default: '1' },
    },
  });
  if (values.votes === undefined) throw new Error('--votes FILE: the votes, as gzipped NDJSON');
  if (values.shape !== 'roll-call' && values.shape !== 'title') throw new Error('--shape is roll-call or title');
  return {
    votes: values.votes,
    rows: Number(values.rows),
    folder: values.folder,
    shape: values.shape,
    seconds: Number(values.seconds),
    postgres: values.postgres,
    load: Number(values.load),
  };
};
