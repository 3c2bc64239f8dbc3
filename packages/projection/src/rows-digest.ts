import { hash } from 'node:crypto';

/** The rows of one table, as far as they were counted: the digest does not depend on their order. */
export interface RowsDigest {
  readonly rows: number;
  /** 16 hex digits. */
  readonly digest: string;
}

/** Adds up rows, each given as text. */
export const createRowsDigest = () => {
  let rows = 0;
  let high = 0;
  let low = 0;
  return {
    add(row: string): void {
      const bytes = hash('sha256', row, 'buffer');
      rows += 1;
      high = (high + bytes.readUInt32LE(0)) >>> 0;
      low = (low + bytes.readUInt32LE(4)) >>> 0;
    },
    result: (): RowsDigest => ({
      rows,
      digest: high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0'),
    }),
  };
};
