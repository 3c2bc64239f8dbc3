import type { StatementContent } from '@stance/contracts';
import { groundInPieces, historyId, toKnownStatement } from '@stance/domain';
import type { HistoryName, KnownHistory, KnownStatement, Method, Survivors } from '@stance/domain';
import { historyKey, holderOf } from '@stance/read-model';
import type { ReadModel, Snapshot, StatementRow } from '@stance/read-model';

import { historiesIn, survivorIdsAt, survivorsAt } from './survivors-at.ts';
import type { Turns } from './turns.ts';

export interface KnownHistoriesOptions {
  readonly readModel: ReadModel;
  readonly method: Method;
  readonly turns: Turns;
  /** Is told of a history that cannot be read. */
  readonly onFailure: (history: number, error: unknown) => void;
}

/** A page of statements that one read fetches: a few milliseconds. */
const statementsAPage = 500;

/** Whose stance on what, of a history of which something is known. */
interface Named {
  readonly history: number;
  readonly name: HistoryName;
}

/**
 * What is known of histories as of a position, ready to be folded: with what their endorsements point at, all that those
 * rest on in turn, and what was taken back. `null`: it cannot be read.
 */
export type KnownHistories = (
  histories: readonly number[],
  knownAt: number,
  /** Throws once nobody waits for them any more. */
  check: () => void,
) => Promise<ReadonlyMap<number, readonly KnownStatement[] | null>>;

export const createKnownHistories = ({
  readModel,
  method,
  turns,
  onFailure,
}: KnownHistoriesOptions): KnownHistories => {
  const contentOf = ({ body }: StatementRow): StatementContent => JSON.parse(body) as StatementContent;

  /** All statements known of some histories, the pages one after the other, so that others get their turn. */
  const rowsOf = async (
    histories: readonly number[],
    knownAt: number,
    check: () => void,
    each: (row: StatementRow) => void,
  ) => {
    let after: StatementRow | null = null;
    for (;;) {
      const page: StatementRow[] = await readModel.read((snapshot) =>
        snapshot.historyStatements({ histories, knownAt, after, limit: statementsAPage }),
      );
      page.forEach(each);
      after = page.at(-1) ?? null;
      if (page.length < statementsAPage) return;
      await turns.pause();
      check();
    }
  };

  const numberOf = async (snapshot: Snapshot, survivors: Survivors<number>, { holder, proposition }: HistoryName) => {
    const holderNo = await snapshot.actorNo(holder);
    const propositionNo = await snapshot.propositionNo(proposition);
    return holderNo === null || propositionNo === null ? null : historyKey(survivors.of(holderNo), propositionNo);
  };

  return async (histories, knownAt, check) => {
    const { survivors, ids } = await readModel.read(async (snapshot) => ({
      survivors: await survivorsAt(snapshot, knownAt),
      ids: await survivorIdsAt(snapshot, knownAt),
    }));
    const known = new Map<number, KnownStatement[] | null>();
    const named = new Map<string, Named>();

    const load = async (wanted: readonly number[]): Promise<void> => {
      const counted = new Map<number, number>();
      for (const history of wanted) {
        known.set(history, []);
        for (const member of historiesIn(survivors, history)) counted.set(member, history);
      }
      await rowsOf([...counted.keys()], knownAt, check, (row) => {
        const history = counted.get(row.history) ?? row.history;
        try {
          const content = contentOf(row);
          known.get(history)?.push(toKnownStatement(row.id, row.recordedAt, content, ids.of));
          const name = { holder: ids.of(content.holder), proposition: content.proposition };
          named.set(historyId(name), { history, name });
        } catch (error) {
          known.set(history, null);
          onFailure(history, error);
        }
      });
    };

    /** The histories that those loaded last point at, and that are not there. */
    const missing = async (loaded: readonly number[]): Promise<number[]> => {
      const targets = loaded.flatMap((history) => known.get(history) ?? []).flatMap(({ pointsAt }) => pointsAt ?? []);
      const absent = new Map(targets.map((name) => [historyId(name), name]));
      for (const id of named.keys()) absent.delete(id);
      if (absent.size === 0) return [];
      const numbers = await readModel.read(async (snapshot) => {
        const found: (number | null)[] = [];
        for (const name of absent.values()) found.push(await numberOf(snapshot, survivors, name));
        return found;
      });
      return [...new Set(numbers)].filter((number) => number !== null && !known.has(number)) as number[];
    };

    for (let wanted: readonly number[] = histories; wanted.length > 0; wanted = await missing(wanted)) {
      await load(wanted);
    }
    const disownings = await disowningsOf([...known.keys()]);
    const pointsAnywhere = [...known.values()].some((some) => some?.some(({ pointsAt }) => pointsAt !== null));
    if (disownings.size === 0 && !pointsAnywhere) return known;
    const world = new Map<string, KnownHistory>();
    for (const [id, { history }] of named) {
      const statements = known.get(history) ?? null;
      if (statements !== null) world.set(id, { statements, disownings: disownings.get(holderOf(history)) ?? [] });
    }
    const grounded = new Map<number, readonly KnownStatement[] | null>(known);
    for (const [id, statements] of await turns.drive(groundInPieces(world, method), check)) {
      const history = named.get(id)?.history;
      if (history !== undefined) grounded.set(history, statements);
    }
    return grounded;

    /** What the holders of these histories took back, by their numbers. */
    async function disowningsOf(of: readonly number[]): Promise<Map<number, KnownStatement[]>> {
      const holders = new Map(
        of.flatMap((history) => survivors.members(holderOf(history)).map((member) => [member, holderOf(history)])),
      );
      const rows = await readModel.read((snapshot) => snapshot.disownings([...holders.keys()], knownAt));
      const found = new Map<number, KnownStatement[]>();
      for (const row of rows) {
        const holder = holders.get(holderOf(row.history)) ?? 0;
        const statement = toKnownStatement(row.id, row.recordedAt, contentOf(row), ids.of);
        found.set(holder, [...(found.get(holder) ?? []), statement]);
      }
      return found;
    }
  };
};
