import type { ReadModelWriter, WriteBatch } from '../writer.ts';
import { createHashSet, hashOfNumber, hashOfText } from './hash-index.ts';

type Lookups = Pick<ReadModelWriter, 'actors' | 'propositions' | 'statements' | 'replaced' | 'histories'>;

/** Looks up only what may be there, and answers by itself where nothing can be. */
const sifted = <Key, Found>(
  keys: readonly Key[],
  mayBeThere: (key: Key) => boolean,
  lookUp: (keys: readonly Key[]) => Promise<Found>,
  nothing: () => Found,
): Promise<Found> => {
  const asked = keys.filter(mayBeThere);
  return asked.length === 0 ? Promise.resolve(nothing()) : lookUp(asked);
};

/**
 * Remembers of a read model that was empty at first what was written to it, a few bytes a key: most lookups of a rebuild
 * are about what is new, and need not be made.
 */
export const createAbsence = (inner: Lookups): Lookups & { readonly note: (batch: WriteBatch) => void } => {
  const actors = createHashSet();
  const propositions = createHashSet();
  const statements = createHashSet();
  const histories = createHashSet();
  const replaced = createHashSet();

  return {
    actors: (ids) =>
      sifted(
        ids,
        (id) => actors.has(hashOfText(id)),
        inner.actors,
        () => new Map(),
      ),
    propositions: (ids) =>
      sifted(
        ids,
        (id) => propositions.has(hashOfText(id)),
        inner.propositions,
        () => new Map(),
      ),
    statements: (ids) =>
      sifted(
        ids,
        (id) => statements.has(hashOfText(id)),
        inner.statements,
        () => new Map(),
      ),
    replaced: (ids) =>
      sifted(
        ids,
        (id) => replaced.has(hashOfText(id)),
        inner.replaced,
        () => new Set(),
      ),
    histories: (keys) =>
      sifted(
        keys,
        (key) => histories.has(hashOfNumber(key)),
        inner.histories,
        () => new Map(),
      ),
    note({ insert, add, put }) {
      for (const [, id] of insert.actors ?? []) actors.add(hashOfText(String(id)));
      for (const [, id] of insert.propositions ?? []) propositions.add(hashOfText(String(id)));
      for (const [, id] of insert.statements ?? []) statements.add(hashOfText(String(id)));
      for (const [id] of add.replacements ?? []) replaced.add(hashOfText(String(id)));
      for (const [, key] of insert.histories ?? []) histories.add(hashOfNumber(Number(key)));
      // One that a parked event, brought back, began before others that are there.
      for (const [, key] of put.histories ?? []) histories.add(hashOfNumber(Number(key)));
    },
  };
};
