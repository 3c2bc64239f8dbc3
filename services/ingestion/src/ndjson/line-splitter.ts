import { Buffer, isUtf8 } from 'node:buffer';

/** A line that is not blank, without its end; or why it cannot be read. Numbers count from 1, blank lines too. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly fault: 'too-large' | 'wrong-encoding' };

/** Cuts bytes into lines. Never holds more than one line of the largest size. */
export interface LineSplitter {
  /** The lines that these bytes complete. */
  push(chunk: Buffer): Line[];
  /** The last line, where the text ends without a line end. */
  end(): Line[];
}

const newline = 10;
const carriageReturn = 13;
const byteOrderMark = Buffer.from('\ufeff');

const isBlank = (text: string): boolean => text === '' || (text.charCodeAt(0) <= 32 && /^[ \t\r]*$/.test(text));

export const createLineSplitter = (lineBytes: number): LineSplitter => {
  let number = 0;
  /** The pieces of a line whose end has not come yet. */
  let begun: Buffer[] = [];
  let begunBytes = 0;
  /** In the midst of a line that is too large already: it is let go by. */
  let skipping = false;

  // No character takes more than three bytes for each UTF-16 unit.
  const isTooLarge = (text: string): boolean =>
    text.length * 3 > lineBytes && Buffer.byteLength(text) > lineBytes + (text.endsWith('\r') ? 1 : 0);

  const isTooLong = (bytes: Buffer): boolean => {
    const mark = number === 0 && bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark);
    return bytes.length > lineBytes + (mark ? byteOrderMark.length : 0) + (bytes.at(-1) === carriageReturn ? 1 : 0);
  };

  const takeText = (text: string, into: Line[]): void => {
    number += 1;
    const line = number === 1 && text.startsWith('\ufeff') ? text.slice(1) : text;
    if (isTooLarge(line)) into.push({ number, fault: 'too-large' });
    else if (!isBlank(line)) into.push({ number, text: line });
  };

  const takeBytes = (bytes: Buffer, into: Line[]): void => {
    if (isUtf8(bytes)) {
      takeText(bytes.toString('utf8'), into);
      return;
    }
    const fault = isTooLong(bytes) ? 'too-large' : 'wrong-encoding';
    number += 1;
    into.push({ number, fault });
  };

  /** Whole lines, each with its end: decoded in one go where they can be. */
  const takeBlock = (block: Buffer, into: Line[]): void => {
    if (isUtf8(block)) {
      const text = block.toString('utf8');
      for (let from = 0, to = text.indexOf('\n'); to !== -1; from = to + 1, to = text.indexOf('\n', from)) {
        takeText(text.slice(from, to), into);
      }
      return;
    }
    for (let from = 0, to = block.indexOf(newline); to !== -1; from = to + 1, to = block.indexOf(newline, from)) {
      takeBytes(block.subarray(from, to), into);
    }
  };

  /** Ends the line that was begun with these bytes. */
  const takeBegun = (rest: Buffer, into: Line[]): void => {
    if (skipping) {
      number += 1;
      into.push({ number, fault: 'too-large' });
    } else {
      takeBytes(Buffer.concat([...begun, rest]), into);
    }
    begun = [];
    begunBytes = 0;
    skipping = false;
  };

  const keep = (rest: Buffer): void => {
    if (skipping || rest.length === 0) return;
    begun.push(rest);
    begunBytes += rest.length;
    // A byte order mark and a carriage return do not count, and whether they are there shows at the end.
    if (begunBytes <= lineBytes + 1 + (number === 0 ? byteOrderMark.length : 0)) return;
    begun = [];
    skipping = true;
  };

  return {
    push(chunk) {
      const lines: Line[] = [];
      const first = chunk.indexOf(newline);
      if (first === -1) {
        keep(chunk);
        return lines;
      }
      let from = 0;
      if (begun.length > 0 || skipping) {
        takeBegun(chunk.subarray(0, first), lines);
        from = first + 1;
      }
      const last = chunk.lastIndexOf(newline);
      takeBlock(chunk.subarray(from, last + 1), lines);
      keep(chunk.subarray(last + 1));
      return lines;
    },
    end() {
      const lines: Line[] = [];
      if (begun.length > 0 || skipping) takeBegun(Buffer.alloc(0), lines);
      return lines;
    },
  };
};
