import type { Tail } from '@stance/domain';

/** The tail as its row holds it; empty where the history has to be folded anew. */
export const tailText = (tail: Tail | string | null): string =>
  tail === null ? '' : typeof tail === 'string' ? tail : JSON.stringify(tail);

/** Reads back what `tailText` wrote. */
export const parseTail = (text: string): Tail => JSON.parse(text) as Tail;
