import { survivorsOf } from '@stance/domain';
import type { Survivors } from '@stance/domain';
import { historyKey, holderOf, propositionOf } from '@stance/read-model';
import type { Snapshot } from '@stance/read-model';

/** Who answers for whom, by numbers, by the merges known at a position. */
export const survivorsAt = async (snapshot: Snapshot, knownAt: number): Promise<Survivors<number>> =>
  survivorsOf(await snapshot.merges(knownAt));

/** The same by ids. */
export const survivorIdsAt = async (snapshot: Snapshot, knownAt: number): Promise<Survivors<string>> => {
  const merges = await snapshot.merges(knownAt);
  if (merges.length === 0) return survivorsOf<string>([]);
  const ids = await snapshot.actorIds([...new Set(merges.flatMap(({ actor, into }) => [actor, into]))]);
  return survivorsOf(merges.map(({ actor, into }) => ({ actor: ids.get(actor) ?? '', into: ids.get(into) ?? '' })));
};

/** The histories that count into one, as statements were recorded in them; that one among them. */
export const historiesIn = (survivors: Survivors<number>, history: number): readonly number[] =>
  survivors.isEmpty
    ? [history]
    : survivors.members(holderOf(history)).map((holder) => historyKey(holder, propositionOf(history)));
