import type { HolderComparisonAnswer } from '@stance/client';

export type Agreement = NonNullable<HolderComparisonAnswer['agreement']>[number];

export interface ComparedHolder {
  readonly id: string;
  readonly name: string;
}

/** Each pair of holders twice: once from either side. */
export interface AgreementMatrix {
  readonly holders: readonly ComparedHolder[];
  /** In the order of the holders, both ways; `null`: of a holder with itself, or not told. */
  readonly rows: readonly (readonly (Agreement | null)[])[];
}

export const matrixOf = (
  holders: HolderComparisonAnswer['holders'],
  agreement: readonly Agreement[],
): AgreementMatrix => {
  const pairs = new Map<string, Agreement>();
  for (const pair of agreement) {
    pairs.set(`${pair.a} ${pair.b}`, pair);
    pairs.set(`${pair.b} ${pair.a}`, pair);
  }
  return {
    holders: holders.map(({ id, name = id }) => ({ id, name })),
    rows: holders.map((row) => holders.map((column) => pairs.get(`${row.id} ${column.id}`) ?? null)),
  };
};

/** Which part of what both have a stance on they agree on, 0 to 1; `null`: there is nothing of the kind. */
export const shareOf = ({ agree, both }: Pick<Agreement, 'agree' | 'both'>): number | null =>
  both === 0 ? null : agree / both;
