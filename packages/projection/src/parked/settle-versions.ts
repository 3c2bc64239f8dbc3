import type { ReadModelWriter, StatementSpans } from '@stance/read-model';

import type { Batch } from '../batch.ts';
import type { MutableRow } from '../batch-rows.ts';

interface Span {
  readonly knownTo: number | null;
  readonly endedBy: 'corrected' | 'retracted' | 'replaced' | null;
}

/**
 * From when to when each version of a statement was the known one: this follows from where the events stand in the log, not
 * from when they were handled.
 *
 * @param positions of the versions, in order.
 */
export const versionSpans = (
  positions: readonly number[],
  { retractedAt, replacedAt }: Pick<StatementSpans, 'retractedAt' | 'replacedAt'>,
): Span[] =>
  positions.map((position, index) => {
    const next = positions[index + 1] ?? null;
    const end = next ?? retractedAt;
    if (replacedAt !== null && (end === null || replacedAt < end)) {
      return { knownTo: Math.max(position, replacedAt), endedBy: 'replaced' };
    }
    if (end === null) return { knownTo: null, endedBy: null };
    return { knownTo: end, endedBy: next === null ? 'retracted' : 'corrected' };
  });

const smallest = (positions: readonly (number | null | undefined)[]): number | null => {
  const known = positions.filter((position) => typeof position === 'number');
  return known.length === 0 ? null : Math.min(...known);
};

const columns = ['known_to', 'ended_by'] as const;

/** Sets the known-intervals of all statements that late events are about: of their own, and of those that they replace. */
export const settleVersions = async (batch: Batch, writer: Pick<ReadModelWriter, 'statementSpans'>): Promise<void> => {
  const { rows } = batch;
  const inserted = Map.groupBy(rows.inserted('statements'), ([, id]) => String(id));
  const replaced = Map.groupBy(rows.added('replacements'), ([id]) => String(id));
  const retracted = Map.groupBy(rows.inserted('retractions'), ([, id]) => String(id));
  const ids = [...new Set([...inserted.keys(), ...replaced.keys(), ...retracted.keys()])];
  if (ids.length === 0) return;
  const stored = await writer.statementSpans(ids);
  const firstOf = (of: ReadonlyMap<string, readonly MutableRow[]>, id: string, column: number): number | null =>
    smallest((of.get(id) ?? []).map((row) => Number(row[column])));
  for (const id of ids) {
    const before = stored.get(id);
    const late = inserted.get(id) ?? [];
    const positions = [...(before?.versions ?? []).map(({ position }) => position), ...late.map(([at]) => Number(at))];
    const spans = versionSpans(positions, {
      retractedAt: smallest([before?.retractedAt, firstOf(retracted, id, 0)]),
      replacedAt: smallest([before?.replacedAt, firstOf(replaced, id, 2)]),
    });
    for (const [index, { knownTo, endedBy }] of spans.entries()) {
      const version = before?.versions[index];
      if (version === undefined) {
        const row = late[index - (before?.versions.length ?? 0)];
        if (row === undefined) throw new Error(`statement ${id} has a version that is nowhere`);
        row[5] = knownTo;
        row[6] = endedBy;
      } else if (version.knownTo !== knownTo || version.endedBy !== endedBy || batch.ended.has(version.position)) {
        rows.update('statements', columns, [knownTo, endedBy, version.position]);
        if (knownTo !== null) batch.ended.add(version.position);
      }
    }
  }
};
