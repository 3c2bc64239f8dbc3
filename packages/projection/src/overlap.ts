import type { ProjectionWriter, ReadModelWriter, StatementState, WriteBatch } from '@stance/read-model';

import type { Batch } from './batch.ts';

/** Lets the next batch be made while one is written. */
export interface Overlap {
  /**
   * Looks up what is so once the batch that is being written is there. Actors, propositions and histories go to the read
   * model at once: the caller has those of that batch in memory, and asks for others alone.
   */
  readonly lookups: ReadModelWriter;
  /**
   * Writes a batch; one at a time. Resolves once that needs nothing more from here.
   *
   * @throws ReadModelError, as does `done`.
   */
  begin(write: WriteBatch, batch: Pick<Batch, 'statements' | 'replaced'>): Promise<{ readonly done: Promise<void> }>;
}

export const createOverlap = (writer: ProjectionWriter): Overlap => {
  /** The batch that is being written, or was written last: of what it is about it says what is so afterwards. */
  let last: Pick<Batch, 'statements' | 'replaced'> | null = null;
  let underWay: Promise<unknown> = Promise.resolve();

  /** Whether it went well, who began it learns. */
  const settled = () => underWay.then(undefined, () => undefined);

  /** A lookup that waits until all is there that was begun. */
  const afterwards =
    <Arguments extends readonly unknown[], Found>(look: (...given: Arguments) => Promise<Found>) =>
    async (...given: Arguments): Promise<Found> => {
      await settled();
      return look(...given);
    };

  return {
    lookups: {
      ...writer,
      appliedRevision: afterwards(writer.appliedRevision),
      parkedEvents: afterwards(writer.parkedEvents),
      skips: afterwards(writer.skips),
      merges: afterwards(writer.merges),
      mergeSpans: afterwards(writer.mergeSpans),
      statementSpans: afterwards(writer.statementSpans),
      beginnings: afterwards(writer.beginnings),
      memberships: afterwards(writer.memberships),
      topics: afterwards(writer.topics),
      historiesOf: afterwards(writer.historiesOf),
      spokenIn: afterwards(writer.spokenIn),
      pointers: afterwards(writer.pointers),
      disowners: afterwards(writer.disowners),
      disownings: afterwards(writer.disownings),
      knownNames: afterwards(writer.knownNames),
      knownVersions: afterwards(writer.knownVersions),
      changes: afterwards(writer.changes),
      async statements(ids) {
        const statements = last?.statements;
        if (statements === undefined || statements.size === 0) return writer.statements(ids);
        const known = new Map<string, StatementState>();
        const others: string[] = [];
        for (const id of ids) {
          const statement = statements.get(id);
          if (statement === undefined) others.push(id);
          else known.set(id, statement);
        }
        if (others.length === 0) return known;
        const found = await writer.statements(others);
        for (const [id, statement] of known) found.set(id, statement);
        return found;
      },
      async replaced(ids) {
        const replaced = last?.replaced;
        const found = await writer.replaced(ids);
        for (const id of ids) if (replaced?.has(id) === true) found.add(id);
        return found;
      },
    },
    async begin(write, batch) {
      const handed = await (writer.handOver?.(write) ?? { done: writer.commit(write) });
      last = batch;
      underWay = handed.done;
      return handed;
    },
  };
};
