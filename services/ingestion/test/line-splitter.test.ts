import { Buffer } from 'node:buffer';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createLineSplitter } from '../src/ndjson/line-splitter.ts';
import type { Line } from '../src/ndjson/line-splitter.ts';

const split = (bytes: Buffer, pieceLength = bytes.length || 1, lineBytes = 64): Line[] => {
  const splitter = createLineSplitter(lineBytes);
  const lines: Line[] = [];
  for (let from = 0; from < bytes.length; from += pieceLength) {
    lines.push(...splitter.push(bytes.subarray(from, from + pieceLength)));
  }
  return [...lines, ...splitter.end()];
};

const text = (...parts: string[]): Buffer => Buffer.from(parts.join(''));

describe('cutting bytes into lines', () => {
  it('gives each line with its number', () => {
    expect(split(text('a\nb\n'))).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: 'b' },
    ]);
  });

  it('takes a last line without an end', () => {
    expect(split(text('a\nb'))).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: 'b' },
    ]);
  });

  it('counts blank lines, and gives none', () => {
    expect(split(text('\n \t\r\na\r\n\n'))).toEqual([{ number: 3, text: 'a\r' }]);
  });

  it('takes a byte order mark at the very start only', () => {
    expect(split(text('\ufeffa\n\ufeffb\n'))).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: '\ufeffb' },
    ]);
    expect(split(text('\ufeff\n\ufeffb\n'), 1)).toEqual([{ number: 2, text: '\ufeffb' }]);
  });

  it('rejects the line that is not UTF-8, and no other', () => {
    const bytes = Buffer.concat([text('ä\n'), Buffer.from([0xc3, 0x28, 10]), text('b\n'), Buffer.from([0xff])]);
    const expected = [
      { number: 1, text: 'ä' },
      { number: 2, fault: 'wrong-encoding' },
      { number: 3, text: 'b' },
      { number: 4, fault: 'wrong-encoding' },
    ];
    expect(split(bytes)).toEqual(expected);
    expect(split(bytes, 1)).toEqual(expected);
  });

  it('rejects a line that is too large, in bytes, and goes on after it', () => {
    const fits = 'ä'.repeat(32);
    const expected = [
      { number: 1, text: fits },
      { number: 2, fault: 'too-large' },
      { number: 3, text: `${fits}\r` },
      { number: 4, text: 'b' },
    ];
    const bytes = text(fits, '\n', fits, 'x\n', fits, '\r\nb\n');
    expect(split(bytes)).toEqual(expected);
    for (const pieceLength of [1, 7, 64, 65, 66, 67]) expect(split(bytes, pieceLength)).toEqual(expected);
  });

  it('holds no more of a huge line than may be', () => {
    const splitter = createLineSplitter(64);
    const before = process.memoryUsage().arrayBuffers;
    for (let piece = 0; piece < 1000; piece += 1) expect(splitter.push(Buffer.alloc(65_536, 'x'))).toEqual([]);
    expect(splitter.push(text('x\nb\n'))).toEqual([
      { number: 1, fault: 'too-large' },
      { number: 2, text: 'b' },
    ]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(70_000_000);
    splitter.push(Buffer.alloc(100, 'x'));
    expect(splitter.end()).toEqual([{ number: 3, fault: 'too-large' }]);
  });

  it('does not depend on how the bytes are cut', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }).map((string) => text(string)),
      fc
        .constantFrom('\n', '\r\n', '\n\n', '\ufeff', 'x'.repeat(60), 'x'.repeat(65), ' '.repeat(65))
        .map((string) => text(string)),
      fc.constant(Buffer.of(0xff)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 1, max: 80 }), (pieces, pieceLength) => {
        const bytes = Buffer.concat(pieces);
        expect(split(bytes, pieceLength)).toEqual(split(bytes));
      }),
    );
  });
});
