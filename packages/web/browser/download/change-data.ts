import type { ListedChange } from '@stance/client';

import type { Difference } from '../data/change-difference.ts';
import { asCsv, asNdjson } from './csv.ts';

const columns = [
  'id',
  'holder',
  'holderName',
  'proposition',
  'propositionText',
  'kind',
  'status',
  'from',
  'to',
  'at',
  'confirmedAt',
  'openedBy',
] as const;

const rowOf = (change: ListedChange): (string | null)[] => [
  change.id,
  change.holder,
  change.holderName ?? null,
  change.proposition,
  change.propositionText ?? null,
  change.kind,
  change.status,
  change.from?.direction ?? null,
  change.to.direction,
  change.at.edtf,
  change.confirmedAt?.edtf ?? null,
  change.openedBy,
];

/** One line for each change. */
export const changesAsCsv = (changes: readonly ListedChange[]): string => asCsv([columns, ...changes.map(rowOf)]);

export const changesAsNdjson = (changes: readonly ListedChange[]): string => asNdjson(changes);

/** One line for each change as it was known, and one as it is: of one that is new or gone just one. */
export const differencesAsCsv = (differences: readonly Difference[]): string =>
  asCsv([
    ['mark', 'known', ...columns],
    ...differences.flatMap((difference) => {
      const before = 'before' in difference ? [[difference.mark, 'before', ...rowOf(difference.before)]] : [];
      const now = 'now' in difference ? [[difference.mark, 'now', ...rowOf(difference.now)]] : [];
      return [...before, ...now];
    }),
  ]);

export const differencesAsNdjson = (differences: readonly Difference[]): string => asNdjson(differences);
