import type { Survivors } from '@stance/domain';
import { historyKey, holderOf, propositionOf } from '@stance/read-model';

/** The history that a history counts into, after merges: itself, where its holder is not merged away. */
export const survivingHistory = (survivors: Survivors<number>, history: number): number =>
  survivors.isEmpty ? history : historyKey(survivors.of(holderOf(history)), propositionOf(history));

/** The histories that count into one of a survivor, that one among them. */
export const historiesIn = (survivors: Survivors<number>, surviving: number): readonly number[] =>
  survivors.isEmpty
    ? [surviving]
    : survivors.members(holderOf(surviving)).map((holder) => historyKey(holder, propositionOf(surviving)));
