import { setImmediate as yieldToOthers } from 'node:timers/promises';

import type { ReadModel } from '@stance/read-model';

import { topicsFrom } from './topic-tree.ts';

/** So many propositions are looked at a time. */
const propositionsALook = 1000;

/**
 * The numbers of the propositions that stand under the topic, or under one below it, at a position.
 *
 * @throws ProblemError `unknown-topic`.
 */
export const propositionsUnder = async (readModel: ReadModel, topic: string, knownAt: number): Promise<number[]> => {
  const topics = await readModel.read((snapshot) => topicsFrom(snapshot, topic, knownAt));
  const found: number[] = [];
  for (let after = 0; ;) {
    const page = { knownAt, words: [], topics, after, limit: propositionsALook };
    const rows = await readModel.read((snapshot) => snapshot.propositions(page));
    found.push(...rows.map(({ no }) => no));
    const last = rows.at(-1);
    if (last === undefined || rows.length < propositionsALook) return found;
    after = last.no;
    await yieldToOthers();
  }
};
