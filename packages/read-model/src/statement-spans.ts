import type { StatementSpans } from './writer.ts';

/** A version of a statement, as its row has it. */
export interface SpanRow {
  readonly id: string;
  readonly position: number;
  readonly knownTo: number | null;
  readonly endedBy: string | null;
}

/** Puts together what was looked up of statements. One that nobody made yet may be replaced already. */
export const knownSpans = (
  ids: readonly string[],
  rows: readonly SpanRow[],
  retractedAt: ReadonlyMap<string, number | null>,
  replacedAt: ReadonlyMap<string, number | null>,
): Map<string, StatementSpans> => {
  const versions = Map.groupBy(rows, ({ id }) => id);
  return new Map(
    ids.map((id) => [
      id,
      {
        versions: versions.get(id) ?? [],
        retractedAt: retractedAt.get(id) ?? null,
        replacedAt: replacedAt.get(id) ?? null,
      },
    ]),
  );
};
