import type { ListedChange } from '@stance/client';

import type { Difference } from '../data/change-difference.ts';
import { asCsv, asNdjson } from './csv.ts';
import type { Columns } from './csv.ts';

const columns: Columns<ListedChange> = {
  id: ({ id }) => id,
  holder: ({ holder }) => holder,
  holderName: ({ holderName }) => holderName,
  proposition: ({ proposition }) => proposition,
  propositionText: ({ propositionText }) => propositionText,
  kind: ({ kind }) => kind,
  status: ({ status }) => status,
  from: ({ from }) => from?.direction,
  fromStrength: ({ from }) => from?.strength,
  to: ({ to }) => to.direction,
  toStrength: ({ to }) => to.strength,
  at: ({ at }) => at.edtf,
  confirmedAt: ({ confirmedAt }) => confirmedAt?.edtf,
  withdrawnAt: ({ withdrawnAt }) => withdrawnAt?.edtf,
  condition: ({ condition }) => condition,
  openedBy: ({ openedBy }) => openedBy,
};

/** One line for each change. */
export const changesAsCsv = (changes: readonly ListedChange[]): string => asCsv(columns, changes);

export const changesAsNdjson = (changes: readonly ListedChange[]): string => asNdjson(changes);

interface Telling {
  readonly mark: Difference['mark'];
  readonly known: 'before' | 'now';
  readonly change: ListedChange;
}

const tellingColumns: Columns<Telling> = {
  mark: ({ mark }) => mark,
  known: ({ known }) => known,
  ...Object.fromEntries(
    Object.entries(columns).map(([name, of]) => [name, ({ change }: Telling) => of(change)] as const),
  ),
};

/** One line for each change as it was known, and one as it is: of one that is new or gone just one. */
export const differencesAsCsv = (differences: readonly Difference[]): string =>
  asCsv(
    tellingColumns,
    differences.flatMap((difference): Telling[] => {
      const { mark } = difference;
      return [
        ...('before' in difference ? [{ mark, known: 'before' as const, change: difference.before }] : []),
        ...('now' in difference ? [{ mark, known: 'now' as const, change: difference.now }] : []),
      ];
    }),
  );

export const differencesAsNdjson = (differences: readonly Difference[]): string => asNdjson(differences);
