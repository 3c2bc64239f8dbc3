const notWords = /[^\p{L}\p{M}\p{N}]+/gu;
/** Within a word: dropped, not a gap between two ("don't" and "don’t" are one word). */
const apostrophes = /['’ʼ]/gu;

/**
 * The words of a quote, by which two reports of it are known as one: lower case, no punctuation, single spaces; `null`
 * where there are none. Compatible forms of characters count as one (`ﬁ` and `fi`).
 */
export const wordsOf = (quote: string): string | null => {
  const words = quote.normalize('NFKC').toLowerCase().replace(apostrophes, '').replace(notWords, ' ').trim();
  return words === '' ? null : words;
};
