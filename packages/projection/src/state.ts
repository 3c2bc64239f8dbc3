import { registryStream } from '@stance/contracts';
import { survivorsOf } from '@stance/domain';
import type { Survivors, Tail } from '@stance/domain';
import type { Checkpoint, MergeState, ReadModelWriter, SkipState } from '@stance/read-model';

import type { MutableRow } from './batch-rows.ts';
import { createPointers } from './pointers.ts';
import type { Pointers } from './pointers.ts';
import { createTwoGenerationCache } from './two-generation-cache.ts';
import type { TwoGenerationCache } from './two-generation-cache.ts';

/** A row of the read model that can still be changed without a write, as long as its batch is not handed over. */
export interface OpenRow {
  readonly batch: number;
  readonly row: MutableRow;
}

export interface NamedVersion {
  readonly position: number;
  readonly revision: number;
  readonly body: string;
  readonly open: OpenRow | null;
}

export interface ActorWork {
  readonly no: number;
  version: NamedVersion | null;
  /** The names known now; `null` where they were not looked up. */
  names: { readonly position: number; readonly at: number; readonly open: OpenRow | null }[] | null;
}

export interface PropositionWork {
  readonly no: number;
  version: NamedVersion | null;
  /** The rows of the last version's topics, where the batch at work inserts it. */
  topics: { readonly batch: number; readonly rows: readonly MutableRow[] } | null;
}

/** Whom an actor answers as now. */
export interface MergeWork extends MergeState {
  readonly open: OpenRow | null;
}

/** Who answers for whom now, by number and by id. */
export interface SurvivorsNow {
  readonly byNumber: Survivors<number>;
  readonly byId: Survivors<string>;
}

export interface HistoryWork {
  readonly key: number;
  readonly no: number;
  readonly firstPosition: number;
  lastPosition: number;
  /** The fold's tail, or its JSON until it is needed; `null` where the history has to be folded anew. */
  tail: Tail | string | null;
  failure: string | null;
}

/** What the projection keeps in memory: nothing that could not be read again from the read model. */
export interface ProjectionState {
  checkpoint: Checkpoint;
  /** Counts the batches of this run. */
  batch: number;
  lastActor: number;
  lastProposition: number;
  /** Of the last event of the stream `registry` that was applied; -1 where there is none. */
  registryRevision: number;
  /** The merges that hold, by the actor that was merged. */
  readonly merges: Map<number, MergeWork>;
  /** What follows from `merges`. */
  survivors: SurvivorsNow;
  /** What points at what now. They are all here, for any event may concern them. */
  readonly pointers: Pointers;
  /** The actors that ever took something back. */
  readonly disowners: Set<number>;
  readonly parkedStreams: Set<string>;
  /** What counts for nothing, by stream. */
  readonly skips: Map<string, SkipState>;
  readonly actors: TwoGenerationCache<string, ActorWork>;
  readonly propositions: TwoGenerationCache<string, PropositionWork>;
  readonly histories: TwoGenerationCache<number, HistoryWork>;
}

export interface CacheLimits {
  readonly names: number;
  readonly histories: number;
}

export const survivorsBy = (merges: ReadonlyMap<number, MergeWork>): SurvivorsNow => ({
  byNumber: survivorsOf(merges.values()),
  byId: survivorsOf([...merges.values()].map(({ ids }) => ids)),
});

export const loadState = async (writer: ReadModelWriter, limits: CacheLimits): Promise<ProjectionState> => {
  // Read first: where another projection writes meanwhile, what is read after it is found out at the commit. A checkpoint
  // that is newer than the rest would let it pass.
  const checkpoint = await writer.checkpoint();
  const numbers = await writer.numbers();
  const merges = new Map((await writer.merges()).map((merge) => [merge.actor, { ...merge, open: null }]));
  return {
    checkpoint,
    batch: 0,
    lastActor: numbers.actors,
    lastProposition: numbers.propositions,
    registryRevision: await writer.appliedRevision(registryStream),
    merges,
    survivors: survivorsBy(merges),
    pointers: createPointers(await writer.pointers()),
    disowners: new Set(await writer.disowners()),
    parkedStreams: new Set(await writer.parkedStreams()),
    skips: new Map((await writer.skips()).map((skip) => [skip.stream, skip])),
    actors: createTwoGenerationCache(limits.names),
    propositions: createTwoGenerationCache(limits.names),
    histories: createTwoGenerationCache(limits.histories),
  };
};
