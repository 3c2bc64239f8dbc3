/** Writes numbers and texts, big-endian, into one buffer that grows and is used again. */
export interface ByteWriter {
  /** Where the next byte goes. */
  at(): number;
  int8(value: number): void;
  int16(value: number): void;
  int32(value: number): void;
  /** A whole number of at most 53 bits. */
  int64(value: number): void;
  /** The same, in zigzag encoding. */
  varInt(value: number): void;
  /** As they are, UTF-8 for a text. */
  raw(bytes: Buffer | string, length: number): void;
  /** Puts a number over what was written at a place. */
  int32At(place: number, value: number): void;
  varIntAt(place: number, value: number): void;
  /** Moves what was written from a place on, and all that comes after, to a place before it. */
  moveBack(from: number, to: number): void;
  /** What was written, as long as nothing else is. */
  written(): Buffer;
  reset(): void;
}

/** Above this it is not worth to keep it. */
const mostKept = 32 * 1024 * 1024;

export function createByteWriter(size = 1024 * 1024): ByteWriter {
  let buffer = Buffer.allocUnsafeSlow(size);
  let end = 0;

  function room(bytes: number): void {
    if (end + bytes <= buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (end + bytes));
    buffer.copy(larger, 0, 0, end);
    buffer = larger;
  }

  /** Whether a short text was written: one of ASCII is, byte by byte, sooner than by a call. */
  function short(text: string): boolean {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) return false;
      buffer[end + index] = code;
    }
    end += text.length;
    return true;
  }

  function zigzag(value: number, place: number): number {
    let rest = value < 0 ? -2 * value - 1 : 2 * value;
    let at = place;
    while (rest > 0x7f) {
      buffer[at] = (rest % 0x80) + 0x80;
      at += 1;
      rest = Math.floor(rest / 0x80);
    }
    buffer[at] = rest;
    return at + 1;
  }

  return {
    at: () => end,
    int8(value) {
      room(1);
      buffer[end] = value;
      end += 1;
    },
    int16(value) {
      room(2);
      end = buffer.writeInt16BE(value, end);
    },
    int32(value) {
      room(4);
      end = buffer.writeInt32BE(value, end);
    },
    int64(value) {
      room(8);
      end = buffer.writeBigInt64BE(BigInt(value), end);
    },
    varInt(value) {
      room(10);
      end = zigzag(value, end);
    },
    raw(bytes, length) {
      room(length);
      if (typeof bytes === 'string') {
        if (length > 48 || !short(bytes)) end += buffer.write(bytes, end);
      } else {
        buffer.set(bytes, end);
        end += length;
      }
    },
    int32At(place, value) {
      buffer.writeInt32BE(value | 0, place);
    },
    varIntAt(place, value) {
      zigzag(value, place);
    },
    moveBack(from, to) {
      buffer.copyWithin(to, from, end);
      end -= from - to;
    },
    written: () => buffer.subarray(0, end),
    reset() {
      end = 0;
      if (buffer.length > mostKept) buffer = Buffer.allocUnsafeSlow(size);
    },
  };
}
