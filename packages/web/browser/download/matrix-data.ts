import type { AgreementMatrix, Agreement } from '../data/agreement-matrix.ts';
import { shareOf } from '../data/agreement-matrix.ts';
import { asCsv, asNdjson } from './csv.ts';
import type { Columns } from './csv.ts';

interface NamedPair extends Agreement {
  readonly aName: string;
  readonly bName: string;
  /** 0 to 1; `null`: they have nothing in common. */
  readonly share: number | null;
}

const columns: Columns<NamedPair> = {
  a: ({ a }) => a,
  aName: ({ aName }) => aName,
  b: ({ b }) => b,
  bName: ({ bName }) => bName,
  both: ({ both }) => both,
  agree: ({ agree }) => agree,
  oppose: ({ oppose }) => oppose,
  other: ({ other }) => other,
  share: ({ share }) => share,
  movedTogether: ({ movedTogether }) => movedTogether,
};

/** Each pair once, with the names. */
const pairsOf = ({ holders, rows }: AgreementMatrix): readonly NamedPair[] => {
  const names = new Map(holders.map(({ id, name }) => [id, name]));
  return rows.flatMap((row, index) =>
    row.slice(index + 1).flatMap((pair) => {
      if (pair === null) return [];
      const nameOf = (id: string): string => names.get(id) ?? id;
      return [{ ...pair, aName: nameOf(pair.a), bName: nameOf(pair.b), share: shareOf(pair) }];
    }),
  );
};

/** One line for each pair of holders. */
export const matrixAsCsv = (matrix: AgreementMatrix): string => asCsv(columns, pairsOf(matrix));

export const matrixAsNdjson = (matrix: AgreementMatrix): string => asNdjson(pairsOf(matrix));
