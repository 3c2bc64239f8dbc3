import type { HistoryBand } from '../data/history-spans.ts';
import { BandShape, rowHeight } from './band-shape.tsx';
import type { TimeScale } from './time-scale.ts';

const middle = rowHeight / 2;

export interface HistoryBandShapeProps {
  readonly band: HistoryBand;
  readonly scale: TimeScale;
  readonly hatching: string;
}

const topOf = (direction: string): number => (direction === 'oppose' ? middle : middle - 9);
const heightOf = (direction: string): number => (direction === 'mixed' ? 18 : 9);

/** The band of one history: as in the lists, and what has too little behind it, and what is implied. */
export const HistoryBandShape = ({ band, scale, hatching }: HistoryBandShapeProps) => {
  const shown = band.spans.flatMap((span) =>
    span.status === 'insufficient' ? [] : [{ ...span, status: span.status }],
  );
  const within = (day: number): number => Math.min(Math.max(scale.x(day), 0), scale.width);
  return (
    <>
      <BandShape band={{ spans: shown, withdrawn: band.withdrawn }} scale={scale} hatching={hatching} />
      {band.spans.map(({ status, direction, from, to }) => {
        if (status !== 'insufficient') return null;
        const left = within(from);
        return (
          <rect
            key={`${from}${direction}`}
            class={`insufficient outline-${direction}`}
            x={left}
            y={topOf(direction)}
            width={Math.max(2, within(to ?? scale.last) - left)}
            height={heightOf(direction)}
          />
        );
      })}
      {band.implied.map(({ direction, from }) => {
        const left = within(from);
        return (
          <rect
            key={`${from}${direction}`}
            class={`implied outline-${direction}`}
            x={left}
            y={direction === 'oppose' ? middle + 1 : middle - 14}
            width={Math.max(2, within(scale.last) - left)}
            height={13}
          />
        );
      })}
    </>
  );
};
