import type { Band } from '../data/bands.ts';
import { isoOf } from '../data/days.ts';
import { asCsv, asNdjson } from './csv.ts';

const columns = [
  'holder',
  'holderName',
  'proposition',
  'propositionText',
  'direction',
  'strength',
  'from',
  'to',
  'status',
] as const;

/** One line for each span of each band. */
export const bandsAsCsv = (bands: readonly Band[]): string => {
  const rows = bands.flatMap(({ holder, holderName, proposition, propositionText, spans }) =>
    spans.map(({ direction, strength, from, to, status }) => [
      holder,
      holderName,
      proposition,
      propositionText,
      direction,
      strength,
      isoOf(from),
      to === null ? null : isoOf(to),
      status,
    ]),
  );
  return asCsv([columns, ...rows]);
};

/** The changes behind the bands as the service told them, one a line. */
export const bandsAsNdjson = (bands: readonly Band[]): string => asNdjson(bands.flatMap(({ changes }) => changes));
