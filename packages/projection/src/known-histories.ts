import type { StatementContent } from '@stance/contracts';
import { groundHistories, historyId, toKnownStatement } from '@stance/domain';
import type { KnownHistory, KnownStatement, Method } from '@stance/domain';
import { holderOf } from '@stance/read-model';
import type { KnownVersion, ReadModelWriter } from '@stance/read-model';

import type { Batch } from './batch.ts';
import { knownVersionsInserted } from './statement-rows.ts';
import { historiesIn, survivingHistory } from './surviving-history.ts';
import type { ProjectionState } from './state.ts';

/** What is known of a history, ready to be folded. */
export interface GatheredHistory {
  readonly versions: readonly KnownVersion[];
  /** With what they point at and who took them back; `null` where a version cannot be read: `failure` says why. */
  readonly statements: readonly KnownStatement[] | null;
  readonly failure: string | null;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Reads versions as they are after a batch that is not written yet. */
const createVersions = (batch: Batch | null, writer: ReadModelWriter) => {
  const inserted = batch === null ? new Map<number, KnownVersion[]>() : knownVersionsInserted(batch);
  const still = (versions: readonly KnownVersion[]): KnownVersion[] =>
    batch === null ? [...versions] : versions.filter(({ position }) => !batch.ended.has(position));

  return {
    of: async (histories: readonly number[]): Promise<KnownVersion[]> => {
      const found: KnownVersion[] = [];
      for (const history of histories) {
        found.push(...still(await writer.knownVersions(history)), ...(inserted.get(history) ?? []));
      }
      return found;
    },
    disownings: async (actors: readonly number[]): Promise<KnownVersion[]> => {
      const stored = still(await writer.disownings(actors));
      const fresh = new Set(batch?.rows.inserted('disownings').map(([position]) => position));
      const ofActors = [...inserted].flatMap(([history, versions]) =>
        actors.includes(holderOf(history)) ? versions.filter(({ position }) => fresh.has(position)) : [],
      );
      return [...stored, ...ofActors];
    },
  };
};

/**
 * Gathers what is known of some histories, by the numbers of those that count after merges, and of all that their
 * endorsements rest on.
 */
export const gatherHistories = async (
  {
    state,
    batch,
    writer,
    method,
  }: {
    readonly state: Pick<ProjectionState, 'survivors' | 'pointers' | 'disowners'>;
    readonly batch: Batch | null;
    readonly writer: ReadModelWriter;
    readonly method: Method;
  },
  keys: readonly number[],
): Promise<Map<number, GatheredHistory>> => {
  const { byNumber, byId } = state.survivors;
  const versions = createVersions(batch, writer);
  const contentOf = ({ body }: KnownVersion): StatementContent =>
    // The body was checked when its event was prepared.
    JSON.parse(body) as StatementContent;
  const known = (version: KnownVersion, content = contentOf(version)): KnownStatement =>
    toKnownStatement(version.id, version.recordedAt, content, byId.of);

  const gathered = new Map<number, GatheredHistory>();
  const names = new Map<string, number>();
  const histories = new Map<string, KnownHistory>();
  const disownings = new Map<number, () => readonly KnownStatement[]>();

  /** Gives what makes statements of them, which fails where one cannot be read; to look them up fails otherwise. */
  const disowningsOf = async (holder: number): Promise<() => readonly KnownStatement[]> => {
    const before = disownings.get(holder);
    if (before !== undefined) return before;
    const actors = byNumber.members(holder).filter((actor) => state.disowners.has(actor));
    const found = actors.length === 0 ? [] : await versions.disownings(actors);
    let statements: readonly KnownStatement[] | null = null;
    const read = (): readonly KnownStatement[] => (statements ??= found.map((version) => known(version)));
    disownings.set(holder, read);
    return read;
  };

  const gather = async (history: number): Promise<void> => {
    const members = historiesIn(byNumber, history);
    const found = await versions.of(members);
    // That the read model is away is no failure of the history, which would be written down.
    const takenBack = found.length === 0 ? null : await disowningsOf(holderOf(history));
    try {
      const contents = found.map(contentOf);
      const statements = found.map((version, index) => known(version, contents[index]));
      gathered.set(history, { versions: found, statements, failure: null });
      const [first] = contents;
      if (first === undefined || takenBack === null) return;
      const id = historyId({ holder: byId.of(first.holder), proposition: first.proposition });
      names.set(id, history);
      histories.set(id, { statements, disownings: takenBack() });
    } catch (error) {
      gathered.set(history, { versions: found, statements: null, failure: messageOf(error) });
    }
  };

  const reached = new Set(keys);
  for (const history of reached) {
    await gather(history);
    for (const member of historiesIn(byNumber, history)) {
      for (const { target } of state.pointers.from(member)) reached.add(survivingHistory(byNumber, target));
    }
  }
  for (const [id, statements] of groundHistories(histories, method)) {
    const history = names.get(id);
    const before = history === undefined ? undefined : gathered.get(history);
    if (history !== undefined && before !== undefined) gathered.set(history, { ...before, statements });
  }
  return gathered;
};
