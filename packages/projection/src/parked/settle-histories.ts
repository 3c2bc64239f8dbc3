import { holderOf, propositionOf } from '@stance/read-model';
import type { MergeSpan, ReadModelWriter } from '@stance/read-model';

import type { Batch } from '../batch.ts';
import { historiesIn, survivingHistory } from '../surviving-history.ts';
import type { HistoryWork, ProjectionState } from '../state.ts';
import { historyBeginnings } from './history-beginnings.ts';
import type { NotedFolds } from './noted-folds.ts';

export interface SettleOptions {
  readonly state: ProjectionState;
  readonly batch: Batch;
  readonly writer: Pick<ReadModelWriter, 'mergeSpans' | 'beginnings' | 'histories' | 'historiesOf' | 'spokenIn'>;
  readonly noted: NotedFolds;
  /** The position as of which what is folded anew was touched. */
  readonly at: number;
}

/** All merges there ever were, those of the batch included. */
const spansAfter = (stored: readonly MergeSpan[], { rows }: Batch): MergeSpan[] => {
  const ended = new Map(rows.updated('merges', ['known_to']).map(([at, position]) => [position, Number(at)]));
  return [
    ...stored.map((span) => ({ ...span, knownTo: ended.get(span.position) ?? span.knownTo })),
    ...rows.inserted('merges').map(([position, actor, into, knownTo]) => ({
      position: Number(position),
      actor: Number(actor),
      into: Number(into),
      knownTo: knownTo === null || knownTo === undefined ? null : Number(knownTo),
    })),
  ];
};

/** These actors, and all whom merges ever led from or to them. */
const related = (actors: ReadonlySet<number>, spans: readonly MergeSpan[]): Set<number> => {
  const neighbours = new Map<number, number[]>();
  const link = (from: number, to: number): void => {
    const before = neighbours.get(from);
    if (before === undefined) neighbours.set(from, [to]);
    else before.push(to);
  };
  for (const { actor, into } of spans) {
    link(actor, into);
    link(into, actor);
  }
  const found = new Set(actors);
  // A set gives what is added to it while it is gone through, too.
  for (const actor of found) for (const other of neighbours.get(actor) ?? []) found.add(other);
  return found;
};

/** The first events of what was said in these histories, those of the batch included. */
const ownBeginnings = async (
  { batch: { rows }, writer }: SettleOptions,
  actors: ReadonlySet<number>,
): Promise<Map<number, number>> => {
  const own = await writer.beginnings([...actors]);
  const note = (history: unknown, position: unknown): void => {
    if (typeof history !== 'number' || !actors.has(holderOf(history))) return;
    own.set(history, Math.min(own.get(history) ?? Infinity, Number(position)));
  };
  for (const [position, , , history] of rows.inserted('statements')) note(history, position);
  for (const [position, , , , history] of rows.inserted('parked')) note(history, position);
  return own;
};

/** All that has to be folded anew: what was noted, what that counts into, and what points at any of it. */
const concerned = (
  { state, noted }: SettleOptions,
  all: Iterable<number>,
  spokenIn: readonly number[],
  actors: ReadonlySet<number>,
): Set<number> => {
  const { byNumber } = state.survivors;
  const found = new Set<number>();
  const add = (history: number): void => {
    found.add(history);
    found.add(survivingHistory(byNumber, history));
  };
  for (const history of noted.touched) add(history);
  for (const history of all) add(history);
  for (const history of spokenIn) add(history);
  // Where he said nothing, what points at him sees another stance, too.
  const seen = new Set(found);
  if (noted.regrouped.size > 0) {
    for (const target of state.pointers.targets()) {
      if (actors.has(holderOf(target))) seen.add(survivingHistory(byNumber, target));
    }
  }
  for (const history of seen) {
    for (const member of historiesIn(byNumber, history)) {
      for (const pointer of state.pointers.at(member)) {
        add(pointer.history);
        seen.add(survivingHistory(byNumber, pointer.history));
      }
    }
  }
  return found;
};

/**
 * Marks all histories that late events come to bear on, so that they are folded once from all that is known, and sets where
 * they begin: that, too, follows from where the events stand in the log.
 */
export const settleHistories = async (options: SettleOptions): Promise<void> => {
  const { state, batch, writer, noted, at } = options;
  if (noted.touched.size === 0 && noted.actors.size === 0) return;
  const spans = spansAfter(await writer.mergeSpans(), batch);
  const actors = related(new Set([...noted.actors, ...[...noted.touched].map(holderOf)]), spans);
  const propositions = new Set([...noted.touched].map(propositionOf));
  const isRegrouped = noted.regrouped.size > 0;
  /** Only merges bear on what was said elsewhere. */
  const isConcerned = (history: number): boolean => isRegrouped || propositions.has(propositionOf(history));
  const own = new Map([...(await ownBeginnings(options, actors))].filter(([history]) => isConcerned(history)));
  const beginnings = historyBeginnings(
    own,
    spans.filter(({ actor }) => actors.has(actor)),
  );
  const there = await writer.historiesOf([...actors]);
  const { byNumber } = state.survivors;
  const groups = new Set([...noted.actors].map((actor) => byNumber.of(actor)));
  const whole = there.filter((history) => isRegrouped || groups.has(byNumber.of(holderOf(history))));
  const folded = concerned(
    options,
    [...whole, ...beginnings.keys()],
    isRegrouped ? await writer.spokenIn([...actors]) : [],
    actors,
  );

  const isGone = (history: number): boolean =>
    actors.has(holderOf(history)) && isConcerned(history) && !beginnings.has(history);
  const stored = await writer.histories([...new Set([...folded, ...there.filter(isGone)])]);
  for (const [history, { no }] of stored) {
    if (!isGone(history)) continue;
    folded.delete(history);
    batch.gone.set(history, no);
  }
  for (const key of folded) {
    const before = stored.get(key);
    const firstPosition = beginnings.get(key) ?? before?.firstPosition;
    // What counts into nothing and was never begun: a survivor of one who said nothing.
    if (firstPosition === undefined) continue;
    const no = before?.no ?? (own.get(key) === firstPosition ? firstPosition : -key);
    const lastPosition = Math.max(before?.lastPosition ?? 0, at);
    const work: HistoryWork = { key, no, firstPosition, lastPosition, tail: null, failure: null };
    state.histories.set(key, work);
    batch.touched.set(key, { work, refold: true, changes: [] });
  }
};
