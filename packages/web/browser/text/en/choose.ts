import { countInWords } from '../weights.ts';

/** What the fields say in which one looks for somebody or something by name. */
export const choose = {
  placeholder: 'Type a name or an id',
  none: (words: string) => `Nothing matches “${words}”.`,
  found: (count: number) =>
    count === 1 ? 'One found. Arrow keys choose.' : `${countInWords(count)} found. Arrow keys choose.`,
  remove: (name: string) => `Remove ${name}`,
  unknown: (id: string) => `${id} (not known)`,
} as const;
