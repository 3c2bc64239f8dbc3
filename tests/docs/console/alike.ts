/** What is another each time, and what it is replaced by before output is compared with a page. */
const volatile: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '<instant>'],
  // Behind the id of a feed, the place in it: that goes by how much was published at once.
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?:\.\d+)?/g, '<uuid>'],
  [/\([\d,]+ a second\)/g, '(<rate>)'],
  [/\b\d+(?:\.\d+)? ?(?:ms|s)\b/g, '<duration>'],
];

/** Output as it is compared: without what is another each time, and without space at the ends of lines. */
export const settled = (output: string): string =>
  volatile
    .reduce((text, [pattern, name]) => text.replaceAll(pattern, name), output)
    .replaceAll(/[ \t]+$/gm, '')
    .trim();

/** A line `...` of a page stands for any lines. */
export const pattern = (page: string): RegExp => {
  const parts = settled(page)
    .split(/^\.\.\.$/m)
    .map((part) => part.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(String.raw`[\s\S]*`)}$`);
};
