import { randomUUID } from 'node:crypto';

import type { Method } from '@stance/domain';
import type { ChangeRow, ReadModelWriter } from '@stance/read-model';

import { createBatchRows } from '../batch-rows.ts';
import { trackNames } from '../refold.ts';
import { loadState } from '../state.ts';
import { historyRow, refoldHistories } from '../write-histories.ts';
import type { ComparedChange, DifferingHistory } from './differing-histories.ts';

export interface RefoldOptions {
  /** Nobody else projects into it meanwhile. */
  readonly writer: ReadModelWriter;
  readonly method: Method;
  /** Only histories of this holder, about this proposition; `null` where it does not matter. One of them is given. */
  readonly holder: string | null;
  readonly proposition: string | null;
  /** Whether what differs is written. */
  readonly writes: boolean;
}

export interface Refolded {
  /** How many histories were folded anew. */
  readonly folded: number;
  /** Those that came to something else than what the read model had. */
  readonly histories: readonly DifferingHistory[];
}

const historiesPerBatch = 500;

const shown = ({ kind, status, body }: ChangeRow): ComparedChange => ({ kind, status, body });

/** The numbers of the histories that are asked for; none where nobody is known by these names. */
const wanted = async ({ writer, holder, proposition }: RefoldOptions): Promise<number[]> => {
  const about = proposition === null ? null : ((await writer.propositions([proposition])).get(proposition)?.no ?? 0);
  if (holder === null) return about === null ? [] : writer.historiesAbout(about);
  const no = (await writer.actors([holder])).get(holder)?.no;
  if (no === undefined) return [];
  const of = await writer.historiesOf([no]);
  if (about === null) return of;
  const both = new Set(await writer.historiesAbout(about));
  return of.filter((key) => both.has(key));
};

/**
 * Folds some histories anew from the statements that the read model holds, and tells which of them come to something else;
 * writes them, too, if asked to: then all is compared with the feed once.
 *
 * @throws ReadModelError
 */
export const refoldSome = async (options: RefoldOptions): Promise<Refolded> => {
  const { writer, method, writes } = options;
  const keys = (await wanted(options)).sort((a, b) => a - b);
  const histories: DifferingHistory[] = [];
  for (let from = 0; from < keys.length; from += historiesPerBatch) {
    const some = keys.slice(from, from + historiesPerBatch);
    const state = await loadState(writer, { names: 0, histories: 0 });
    const { position, recordedAt } = state.checkpoint;
    const rows = createBatchRows();
    const stored = await writer.histories(some);
    const results = await refoldHistories({ state, writer, method }, null, rows, some);
    const names = await writer.historyNames(some);
    let differ = false;
    for (const [key, { tail, failure, changes }] of results) {
      const history = stored.get(key);
      if (history !== undefined) rows.put('histories', historyRow(state, { ...history, key, tail, failure }));
      const name = names.get(key);
      if (name === undefined || (changes.length === 0 && (history?.failure ?? null) === failure)) continue;
      differ = true;
      const before = await writer.changes(key);
      const changed = new Set(changes.map(({ track, opened }) => `${track} ${String(opened)}`));
      histories.push({
        ...name,
        before: before
          .filter(({ track, opened }) => changed.has(`${trackNames[track] ?? ''} ${String(opened)}`))
          .map(shown),
        after: changes.flatMap(({ change }) =>
          change === null ? [] : [{ kind: change.kind, status: change.status, body: JSON.stringify(change) }],
        ),
      });
    }
    if (writes && differ) {
      await writer.commit({ after: position, position, recordedAt, generation: randomUUID(), ...rows.collected() });
    }
  }
  return { folded: keys.length, histories };
};
