import { setImmediate as yieldToOthers } from 'node:timers/promises';

import type { ReadModel } from '@stance/read-model';

/** So many propositions are looked at a time. */
const propositionsALook = 1000;

/** The numbers of the propositions that stand under the topic at a position. */
export const propositionsUnder = async (readModel: ReadModel, topic: string, knownAt: number): Promise<number[]> => {
  const found: number[] = [];
  for (let after = 0; ;) {
    const page = { knownAt, words: [], topics: [topic], after, limit: propositionsALook };
    const rows = await readModel.read((snapshot) => snapshot.propositions(page));
    found.push(...rows.map(({ no }) => no));
    const last = rows.at(-1);
    if (last === undefined || rows.length < propositionsALook) return found;
    after = last.no;
    await yieldToOthers();
  }
};
