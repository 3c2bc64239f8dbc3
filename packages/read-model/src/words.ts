/**
 * The words of a name or a wording, as search keeps and looks for them: lower case, without accents, each once, in the
 * order they stand. More than 64 letters in a row count as several words: in a script without spaces a whole text can be one
 * word, and no index takes that.
 */
export const wordsOf = (text: string): string[] => {
  const folded = text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
  return [...new Set(folded.match(/[\p{L}\p{N}]{1,64}/gu))];
};

/** Whether each of `words`, folded already, begins a word of the text. */
export const hasWords = (text: string, words: readonly string[]): boolean => {
  const own = wordsOf(text);
  return words.every((word) => own.some((candidate) => candidate.startsWith(word)));
};
