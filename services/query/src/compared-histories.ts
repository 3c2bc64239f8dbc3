import { ProblemError } from '@stance/contracts';
import { historyKey, holderOf } from '@stance/read-model';
import type { HistoryRow, ReadModel } from '@stance/read-model';

import { knownActor, knownProposition } from './calls/subjects.ts';
import { propositionsUnder } from './topics.ts';

/** What is to be compared: a proposition, or holders that are named, on one or on those under a topic. */
export interface ComparedSubject {
  readonly proposition: string | undefined;
  readonly topic: string | undefined;
  readonly holders: readonly string[] | undefined;
}

/** The histories to compare, by proposition, then in the order of the holders. */
export interface ComparedHistories {
  readonly holders: readonly number[];
  readonly rows: readonly HistoryRow[];
}

/** Of holders that are not named. */
const mostHolders = 250;
const mostStances = 2000;
/** So many histories are looked up at a time. */
const historiesALook = 200;

const tooLarge = (detail: string): ProblemError => new ProblemError('comparison-too-large', { detail });

/** All that have said something about a proposition. */
const ofAllHolders = async (readModel: ReadModel, proposition: number, knownAt: number): Promise<ComparedHistories> => {
  const page = { holder: null, proposition, knownAt, after: null, limit: mostHolders + 1 };
  const rows = await readModel.read((snapshot) => snapshot.histories(page));
  if (rows.length > mostHolders) {
    throw tooLarge(
      `More than ${String(mostHolders)} holders have said something about the proposition: name those to compare.`,
    );
  }
  return { rows, holders: rows.map(({ history }) => holderOf(history)) };
};

/**
 * @throws ProblemError `unknown-actor`, `unknown-proposition`, `unknown-topic`, or `comparison-too-large` before anything is folded.
 */
export const comparedHistories = async (
  readModel: ReadModel,
  { proposition, topic, holders }: ComparedSubject,
  knownAt: number,
): Promise<ComparedHistories> => {
  const found = await readModel.read(async (snapshot) => {
    const numbers: number[] = [];
    for (const holder of holders ?? []) numbers.push(await knownActor(snapshot, holder, knownAt));
    return {
      holders: [...new Set(numbers)],
      proposition: proposition === undefined ? null : await knownProposition(snapshot, proposition, knownAt),
    };
  });
  if (holders === undefined && found.proposition !== null) return ofAllHolders(readModel, found.proposition, knownAt);
  const propositions =
    found.proposition === null ? await propositionsUnder(readModel, topic ?? '', knownAt) : [found.proposition];
  const count = found.holders.length * propositions.length;
  if (count > mostStances) {
    throw tooLarge(
      `${String(found.holders.length)} holders on ${String(propositions.length)} propositions are ${String(count)} stances; at most ${String(mostStances)} are compared at a time.`,
    );
  }
  const keys = propositions.flatMap((no) => found.holders.map((holder) => historyKey(holder, no)));
  const rows: HistoryRow[] = [];
  for (let index = 0; index < keys.length; index += historiesALook) {
    const look = keys.slice(index, index + historiesALook);
    const known = await readModel.read(async (snapshot) => {
      const looked: (HistoryRow | null)[] = [];
      for (const key of look) looked.push(await snapshot.history(key));
      return looked;
    });
    for (const row of known) if (row !== null && row.firstPosition <= knownAt) rows.push(row);
  }
  return { holders: found.holders, rows };
};
