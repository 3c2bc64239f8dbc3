/** What XML 1.0 has no place for, not even escaped: most control characters, halves of a pair, U+FFFE and U+FFFF. */
const noXml = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Without what would keep others from reading it as XML; names may hold anything. */
export const asXml = (given: string): string => given.replace(noXml, '');
