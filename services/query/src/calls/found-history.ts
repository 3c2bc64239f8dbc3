import type { History } from '@stance/domain';
import { historyKey } from '@stance/read-model';

import type { ReadingContext } from '../reading-context.ts';
import type { QueryService } from '../service.ts';
import { knownActor, knownProposition } from './subjects.ts';

/** The history that a call is about. */
export interface FoundHistory {
  readonly number: number;
  /** Whether anything of it was recorded by then. */
  readonly begun: boolean;
  /** As of the position and by the method; `null` where it has not begun, or cannot be told. */
  readonly history: History | null;
}

/** @throws ProblemError `unknown-actor`, `unknown-proposition`. */
export const findHistory = async (
  { readModel, by }: QueryService,
  { holder, proposition }: { readonly holder: string; readonly proposition: string },
  { knownAt, method }: Pick<ReadingContext, 'knownAt' | 'method'>,
  signal: AbortSignal,
): Promise<FoundHistory> => {
  const { number, row } = await readModel.read(async (snapshot) => {
    const holderNo = await knownActor(snapshot, holder, knownAt);
    const found = historyKey(holderNo, await knownProposition(snapshot, proposition, knownAt));
    return { number: found, row: await snapshot.history(found) };
  });
  if (row === null || row.firstPosition > knownAt) return { number, begun: false, history: null };
  const { folds } = by(method);
  return { number, begun: true, history: (await folds.of([row], knownAt, { signal })).get(number) ?? null };
};
