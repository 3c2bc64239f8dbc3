import { wordsOf } from '@stance/read-model';

/** The words of a search, none where nothing is searched for; `null` where what is searched for has no words at all. */
export const searchedWords = (q: string | undefined): string[] | null => {
  if (q === undefined) return [];
  const words = wordsOf(q);
  return words.length === 0 ? null : words;
};
