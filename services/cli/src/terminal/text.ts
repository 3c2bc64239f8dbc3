const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader sees as single characters. */
const characters = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** Text from outside on one line, without anything that could steer a terminal. */
export const oneLine = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();

/** Cut to a width, with a sign that something is missing. */
export const cut = (text: string, width: number): string => {
  const all = characters(text);
  return all.length <= width ? text : `${all.slice(0, width - 1).join('')}…`;
};

/** Cut or filled up to a width. */
export const fit = (text: string, width: number): string => {
  const short = cut(text, width);
  return short + ' '.repeat(width - characters(short).length);
};

/** Broken into lines of a width at blanks, each behind the indent. */
export const wrap = (text: string, width: number, indent = ''): string[] => {
  const lines: string[] = [];
  let line = '';
  let length = 0;
  for (const word of text.split(' ')) {
    const more = characters(word).length;
    if (line !== '' && length + 1 + more > width - indent.length) {
      lines.push(indent + line);
      line = word;
      length = more;
    } else {
      length += line === '' ? more : more + 1;
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, indent + line];
};

/** `3 statements`, `1 statement`; `noun` in the singular. */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
