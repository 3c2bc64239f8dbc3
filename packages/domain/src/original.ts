import type { Origin } from './account.ts';
import type { KnownStatement } from './known-statement.ts';
import { aPiece } from './pieces.ts';
import type { Pieces } from './pieces.ts';

/** What the statements of a history say of where their documents come from. */
export interface Originals {
  /** The first document of the chain that a statement's document is a copy of, or `null` where it is no copy. */
  readonly rootOf: (statement: KnownStatement) => string | null;
  /** Whether a document was copied. */
  readonly isCopied: (document: string) => boolean;
  /** The publisher and document that a copy counts as, and where it names none itself, what was copied. */
  readonly originOf: (root: string) => Origin;
}

/** Where nothing is a copy. */
export const noOriginals: Originals = {
  rootOf: () => null,
  isCopied: () => false,
  originOf: (root) => ({ publisher: null, document: root }),
};

/** The lowest value for a key, whatever the order of the statements. */
const keepLowest = (map: Map<string, string>, key: string, value: string): void => {
  const kept = map.get(key);
  if (kept === undefined || value < kept) map.set(key, value);
};

/**
 * Finds the start of a chain of copies; of a ring of copies the lowest id counts as the original. Each document is gone
 * through once.
 */
const startsOf = (copies: ReadonlyMap<string, string>): ((document: string) => string) => {
  const starts = new Map<string, string>();
  return (document) => {
    const path = new Set<string>();
    let current = document;
    let start = starts.get(current);
    while (start === undefined) {
      path.add(current);
      const next = copies.get(current);
      if (next === undefined) start = current;
      else if (path.has(next)) {
        const inOrder = [...path];
        start = inOrder.slice(inOrder.indexOf(next)).reduce((lowest, other) => (other < lowest ? other : lowest));
      } else {
        current = next;
        start = starts.get(current);
      }
    }
    for (const passed of path) starts.set(passed, start);
    return start;
  };
};

export const isCopy = ({ copyOf }: KnownStatement): boolean => copyOf !== null;

export function* originalsOf(statements: readonly KnownStatement[]): Pieces<Originals> {
  const copies = new Map<string, string>();
  const publishers = new Map<string, { readonly id: string; readonly publisher: string }>();
  const copied = new Set<string | null>();
  let passed = 0;
  for (const { id, document, copyOf, publisher } of statements) {
    if (++passed % aPiece === 0) yield;
    copied.add(copyOf);
    if (document === null) continue;
    if (copyOf !== null && copyOf !== document) keepLowest(copies, document, copyOf);
    if (publisher === null) continue;
    const known = publishers.get(document);
    if (known === undefined || id < known.id) publishers.set(document, { id, publisher });
  }
  const startOf = startsOf(copies);
  return {
    isCopied: (document) => copied.has(document),
    rootOf: ({ document, copyOf }) => {
      if (copyOf === null || copyOf === document) return null;
      const root = startOf(copyOf);
      return root === document ? null : root;
    },
    originOf: (root) => ({ publisher: publishers.get(root)?.publisher ?? null, document: root }),
  };
}
