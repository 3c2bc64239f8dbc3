/** Whole lines of an input, one after another, each ended by a newline. */
export interface LineBlock {
  readonly bytes: Buffer<ArrayBuffer>;
  /** How many lines it holds. */
  readonly count: number;
  /** The number of its first line in the input, from 1. */
  readonly first: number;
}

/** A line that is longer than anything that could be accepted: left out. */
export interface OverlongLine {
  readonly overlong: number;
}

const newline = 0x0a;

/**
 * Cuts an input into blocks of whole lines, about as large as its chunks are. A line over `longest` bytes is never held:
 * it is reported by its number, and skipped.
 */
export const lineBlocks = async function* (
  chunks: AsyncIterable<Buffer>,
  longest: number,
): AsyncGenerator<LineBlock | OverlongLine> {
  let rest: Buffer[] = [];
  let restLength = 0;
  let skipping = false;
  let line = 1;

  for await (const chunk of chunks) {
    const last = chunk.lastIndexOf(newline);
    let start = 0;
    if (last >= 0) {
      if (skipping) {
        start = chunk.indexOf(newline) + 1;
        skipping = false;
        line++;
      }
      if (start <= last) {
        for (const block of split(Buffer.concat([...rest, chunk.subarray(start, last + 1)]), line, longest)) {
          yield block;
          line += 'overlong' in block ? 1 : block.count;
        }
      }
      rest = [];
      restLength = 0;
      start = last + 1;
    }
    if (skipping || start === chunk.length) continue;
    rest.push(chunk.subarray(start));
    restLength += chunk.length - start;
    if (restLength > longest) {
      yield { overlong: line };
      skipping = true;
      rest = [];
      restLength = 0;
    }
  }
  if (restLength > 0) yield* split(Buffer.concat([...rest, Buffer.from('\n')]), line, longest);
};

/** `bytes` ends with a newline. */
const split = function* (
  bytes: Buffer<ArrayBuffer>,
  first: number,
  longest: number,
): Generator<LineBlock | OverlongLine> {
  let line = first;
  let from = 0;
  let count = 0;
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(newline, start);
    if (end - start > longest) {
      if (count > 0) yield { bytes: bytes.subarray(from, start), count, first: line - count };
      yield { overlong: line };
      from = end + 1;
      count = 0;
    } else {
      count++;
    }
    line++;
    start = end + 1;
  }
  if (count > 0) yield { bytes: bytes.subarray(from), count, first: line - count };
};
