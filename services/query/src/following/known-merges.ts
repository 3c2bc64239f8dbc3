import type { ReadModel } from '@stance/read-model';
import { survivorsOf } from '@stance/domain';

import type { KnownMerges } from './stream-source.ts';

/** The merges of actors that the read model knows by now. */
export const knownMerges = (readModel: ReadModel): Promise<KnownMerges> =>
  readModel.read(async (snapshot) => {
    const merges = await snapshot.merges(snapshot.checkpoint.position);
    const ids = await snapshot.actorIds([...new Set(merges.flatMap(({ actor, into }) => [actor, into]))]);
    const edges = merges.map(({ actor, into }) => ({ actor: ids.get(actor) ?? '', into: ids.get(into) ?? '' }));
    return { version: JSON.stringify(edges), survivors: survivorsOf(edges) };
  });
