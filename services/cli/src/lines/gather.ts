import type { Batch, RefusedLine } from './batch.ts';
import type { LineBlock, OverlongLine } from './line-blocks.ts';

export const batchLines = 10_000;
export const batchBytes = 4 * 1024 * 1024;
/** Far above what the service takes of one line, so that it is the one to say what is wrong with all that is near. */
export const longestLine = 1024 * 1024;
/** How long lines of a slow input are held back. */
const idle = 200;

/** Gathers blocks into batches to be sent as they are; where the input pauses, what there is goes out. */
export const gather = async function* (
  blocks: AsyncGenerator<LineBlock | OverlongLine>,
): AsyncGenerator<Batch | RefusedLine> {
  let held: LineBlock[] = [];
  let count = 0;
  let bytes = 0;
  const take = (): Batch => {
    const first = held[0]?.first ?? 1;
    const batch = {
      bytes: Buffer.concat(held.map((block) => block.bytes)),
      count,
      lineOf: (line: number) => first + line - 1,
    };
    held = [];
    count = 0;
    bytes = 0;
    return batch;
  };

  let next = blocks.next();
  for (;;) {
    if (held.length > 0 && (await paused(next))) yield take();
    const came = await next;
    if (came.done === true) break;
    const { value } = came;
    next = blocks.next();
    if ('overlong' in value) {
      if (held.length > 0) yield take();
      yield { line: value.overlong, reason: overlongReason };
      continue;
    }
    held.push(value);
    count += value.count;
    bytes += value.bytes.length;
    if (count >= batchLines || bytes >= batchBytes) yield take();
  }
  if (held.length > 0) yield take();
};

export const overlongReason = `longer than ${longestLine} bytes`;

const paused = async (next: Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<true>((resolve) => {
    timer = setTimeout(() => resolve(true), idle);
  });
  // A failure of the input is met where its value is taken.
  const came = next.then(
    () => false,
    () => false,
  );
  const result = await Promise.race([came, waited]);
  clearTimeout(timer);
  return result;
};
