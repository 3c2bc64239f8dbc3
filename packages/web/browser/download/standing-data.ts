import type { ComparedHolder } from '../data/agreement-matrix.ts';
import type { HolderStance, StandingRow } from '../data/standings.ts';
import { asCsv, asNdjson } from './csv.ts';
import type { Columns } from './csv.ts';

interface NamedStance extends HolderStance {
  readonly holderName: string;
  readonly propositionText: string;
}

const columns: Columns<NamedStance> = {
  proposition: ({ proposition }) => proposition,
  propositionText: ({ propositionText }) => propositionText,
  holder: ({ holder }) => holder,
  holderName: ({ holderName }) => holderName,
  status: ({ now }) => now?.status,
  direction: ({ now }) => now?.direction,
  strength: ({ now }) => now?.strength,
  since: ({ now }) => now?.since?.edtf,
};

/** Each stance that is told, with the names. */
const stancesOf = (holders: readonly ComparedHolder[], rows: readonly StandingRow[]): readonly NamedStance[] =>
  rows.flatMap(({ propositionText, stances }) =>
    stances.flatMap((stance, index) =>
      stance === null ? [] : [{ ...stance, propositionText, holderName: holders[index]?.name ?? stance.holder }],
    ),
  );

/** One line for each holder and proposition where something was said. */
export const standingsAsCsv = (holders: readonly ComparedHolder[], rows: readonly StandingRow[]): string =>
  asCsv(columns, stancesOf(holders, rows));

export const standingsAsNdjson = (holders: readonly ComparedHolder[], rows: readonly StandingRow[]): string =>
  asNdjson(stancesOf(holders, rows));
