import { randomFillSync } from 'node:crypto';

/** How many ids the random bytes are drawn for at once. */
const idsAtOnce = 256;
const bytesPerId = 16;
const digits = Buffer.from('0123456789abcdef');
const hyphen = 45;
/** The bytes before which a hyphen stands. */
const groups = new Set([4, 6, 8, 10]);

/**
 * Mints ids of events: random UUIDs (RFC 9562, version 4).
 *
 * `randomUUID` of Node.js makes the same, but as a string of some twenty pieces that are put together when it is first
 * read. An import reads every id at once, to send it to the writer, and spent a twentieth of its time on that.
 */
export const createEventIds = (): (() => string) => {
  const random = Buffer.alloc(idsAtOnce * bytesPerId);
  const text = Buffer.alloc(36, hyphen);
  let next = random.length;

  return () => {
    if (next === random.length) {
      randomFillSync(random);
      next = 0;
    }
    let to = 0;
    for (let index = 0; index < bytesPerId; index += 1) {
      let byte = random[next + index] ?? 0;
      if (index === 6) byte = 0x40 | (byte & 0x0f);
      if (index === 8) byte = 0x80 | (byte & 0x3f);
      if (groups.has(index)) to += 1;
      text[to] = digits[byte >> 4] ?? 0;
      text[to + 1] = digits[byte & 0x0f] ?? 0;
      to += 2;
    }
    next += bytesPerId;
    return text.toString('latin1');
  };
};
