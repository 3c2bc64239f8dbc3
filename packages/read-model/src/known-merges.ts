import { survivorsOf } from '@stance/domain';
import type { Survivors } from '@stance/domain';

import type { ReadModel } from './read-model.ts';

/** The merges of actors, as known now. */
export interface KnownMerges {
  /** Another one as soon as there are other merges. */
  readonly version: string;
  /** As of which position of the log. */
  readonly position: number;
  readonly survivors: Survivors<string>;
}

/** The merges of actors that the read model knows by now. */
export const knownMerges = (readModel: Pick<ReadModel, 'read'>): Promise<KnownMerges> =>
  readModel.read(async (snapshot) => {
    const { position } = snapshot.checkpoint;
    const merges = await snapshot.merges(position);
    const ids = await snapshot.actorIds([...new Set(merges.flatMap(({ actor, into }) => [actor, into]))]);
    const edges = merges.map(({ actor, into }) => ({ actor: ids.get(actor) ?? '', into: ids.get(into) ?? '' }));
    return { version: JSON.stringify(edges), position, survivors: survivorsOf(edges) };
  });
