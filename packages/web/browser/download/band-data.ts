import type { Band, Direction, Strength } from '../data/bands.ts';
import { isoOf } from '../data/days.ts';
import { asCsv, asNdjson } from './csv.ts';
import type { Columns } from './csv.ts';

interface BandRow {
  readonly band: Band;
  readonly direction: Direction;
  readonly strength: Strength;
  readonly from: string;
  readonly to: string | null;
  readonly status: string;
}

const columns: Columns<BandRow> = {
  holder: ({ band }) => band.holder,
  holderName: ({ band }) => band.holderName,
  proposition: ({ band }) => band.proposition,
  propositionText: ({ band }) => band.propositionText,
  direction: ({ direction }) => direction,
  strength: ({ strength }) => strength,
  from: ({ from }) => from,
  to: ({ to }) => to,
  status: ({ status }) => status,
};

const rowsOf = (band: Band): readonly BandRow[] => [
  ...band.spans.map(({ from, to, ...span }) => ({
    band,
    ...span,
    from: isoOf(from),
    to: to === null ? null : isoOf(to),
  })),
  ...band.changes
    .filter(({ status }) => status === 'withdrawn')
    .map(({ to, at, withdrawnAt, status }) => ({ band, ...to, from: at.edtf, to: withdrawnAt?.edtf ?? null, status })),
];

/** One line for each span of each band, and for each change that came to nothing: from when to when it seemed to be one. */
export const bandsAsCsv = (bands: readonly Band[]): string => asCsv(columns, bands.flatMap(rowsOf));

/** The changes behind the bands as the service told them, one a line. */
export const bandsAsNdjson = (bands: readonly Band[]): string => asNdjson(bands.flatMap(({ changes }) => changes));
