/** Lines of statements on their way to the service, and where they come from. */
export interface Batch {
  readonly bytes: Buffer<ArrayBuffer>;
  readonly count: number;
  /** The line of the input that the given line of the batch (from 1) was made of. */
  lineOf(line: number): number;
}

/** What stands in a stream of batches besides them: a line of the input that is not sent. */
export interface RefusedLine {
  readonly line: number;
  readonly reason: string;
}

const newline = 0x0a;

/** The batch without its first `done` lines. */
export const restOf = (batch: Batch, done: number): Batch => {
  let start = 0;
  for (let line = 0; line < done; line++) start = batch.bytes.indexOf(newline, start) + 1;
  return { bytes: batch.bytes.subarray(start), count: batch.count - done, lineOf: (line) => batch.lineOf(line + done) };
};
