import { expect, test } from 'vitest';

import { asXml } from '../browser/download/xml.ts';

test('a picture has nothing in it that XML forbids, and all else', () => {
  const kept = 'a\t\n\r\u{20}\u{7F}\u{D7FF}\u{E000}\u{FFFD}\u{10000}😀\u{10FFFF}';
  expect(asXml(`${kept}\u{0}\u{1}\u{8}\u{B}\u{C}\u{1F}\u{FFFE}\u{FFFF}\uD83D-\uDE00`)).toBe(`${kept}-`);
});
