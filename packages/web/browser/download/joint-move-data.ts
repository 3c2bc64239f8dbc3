import type { JointMove } from '../data/joint-moves.ts';
import { asCsv, asNdjson } from './csv.ts';
import type { Columns } from './csv.ts';

interface Row {
  /** Those who moved together have the same. */
  readonly number: number;
  readonly move: JointMove;
  readonly mover: JointMove['holders'][number];
}

const columns: Columns<Row> = {
  move: ({ number }) => number,
  proposition: ({ move }) => move.proposition,
  propositionText: ({ move }) => move.propositionText,
  to: ({ move }) => move.to,
  holder: ({ mover }) => mover.holder,
  holderName: ({ mover }) => mover.holderName,
  days: ({ mover }) => mover.days.map(({ edtf }) => edtf).join(' '),
};

/** One line for each holder of each joint move. */
export const jointMovesAsCsv = (moves: readonly JointMove[]): string =>
  asCsv(
    columns,
    moves.flatMap((move, index) => move.holders.map((mover) => ({ number: index + 1, move, mover }))),
  );

export const jointMovesAsNdjson = (moves: readonly JointMove[]): string => asNdjson(moves);
