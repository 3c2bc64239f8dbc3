import type { ReadModel } from '@stance/read-model';

/** What actors are called at a position, by id; those not registered by then are left out. */
export const actorNamesById = (
  readModel: ReadModel,
  ids: ReadonlySet<string>,
  knownAt: number,
): Promise<ReadonlyMap<string, string>> =>
  readModel.read(async (snapshot) => {
    const numbers = new Map<number, string>();
    for (const id of ids) {
      const no = await snapshot.actorNo(id);
      if (no !== null) numbers.set(no, id);
    }
    const names = await snapshot.actorNames([...numbers.keys()], knownAt);
    return new Map([...names].map(([no, name]) => [numbers.get(no) ?? '', name]));
  });
