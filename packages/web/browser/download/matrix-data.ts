import type { AgreementMatrix, Agreement } from '../data/agreement-matrix.ts';
import { shareOf } from '../data/agreement-matrix.ts';
import { asCsv, asNdjson } from './csv.ts';

const columns = ['a', 'aName', 'b', 'bName', 'both', 'agree', 'oppose', 'other', 'share', 'movedTogether'] as const;

interface NamedPair extends Agreement {
  readonly aName: string;
  readonly bName: string;
  /** 0 to 1; `null`: they have nothing in common. */
  readonly share: number | null;
}

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
export const matrixAsCsv = (matrix: AgreementMatrix): string => {
  const rows = pairsOf(matrix).map((pair) => columns.map((column) => pair[column]));
  return asCsv([columns, ...rows]);
};

export const matrixAsNdjson = (matrix: AgreementMatrix): string => asNdjson(pairsOf(matrix));
