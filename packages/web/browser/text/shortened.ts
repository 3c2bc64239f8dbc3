/** Letters as a reader counts them: an emoji of several code points is one. */
const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Words that have room for so many letters, with a sign where some are left out. */
export const shortened = (words: string, most: number): string => {
  // Each letter is one unit at least.
  if (words.length <= most) return words;
  const all = Array.from(letters.segment(words), ({ segment }) => segment);
  return all.length <= most
    ? words
    : `${all
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
};
