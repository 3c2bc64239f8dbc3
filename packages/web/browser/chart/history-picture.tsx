import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';

import type { HistoryBand } from '../data/history-spans.ts';
import { text } from '../text/index.ts';
import { rowHeight } from './band-shape.tsx';
import { HistoryBandShape } from './history-band-shape.tsx';
import type { Mark, MarkLayout } from './mark-layout.ts';
import { MarkShape } from './mark-shape.tsx';
import { Patterns } from './patterns.tsx';
import { axisHeight, TimeAxis } from './time-axis.tsx';
import type { TimeScale } from './time-scale.ts';

export interface HistoryPictureProps {
  readonly band: HistoryBand;
  readonly layout: MarkLayout;
  readonly scale: TimeScale;
  /** What stands around a mark, such as its link. */
  readonly around?: (mark: Mark, shape: ComponentChildren) => ComponentChildren;
}

/** How high the picture of a layout is, its axis included. */
export const heightOfPicture = ({ height }: MarkLayout): number => height + axisHeight;

/** Where marks stand that gave way, and over which days something may have been said. */
const Traces = ({ marks, line }: { readonly marks: readonly Mark[]; readonly line: number }) => (
  <g aria-hidden="true">
    {marks.map(({ statement, x, y, dayX, vague }) => (
      <g key={statement.id}>
        {vague === null ? null : (
          <path
            class="vague"
            d={`M${vague.from.toFixed(1)} ${(y - 3).toFixed(1)} v6 m0 -3 H${vague.to.toFixed(1)} m0 -3 v6`}
          />
        )}
        {Math.abs(x - dayX) < 1 ? null : (
          <path class="stem" d={`M${x.toFixed(1)} ${y.toFixed(1)} L${dayX.toFixed(1)} ${line}`} />
        )}
      </g>
    ))}
  </g>
);

/** The band of a history with every statement as a mark; within a picture of its own size. */
export const HistoryPicture = ({ band, layout, scale, around = (_, shape) => shape }: HistoryPictureProps) => {
  const { marks, bandTop, height } = layout;
  // What is made once is left alone where only the mark that is pointed at is another one.
  const traces = useMemo(() => <Traces marks={marks} line={bandTop + rowHeight / 2} />, [marks, bandTop]);
  return (
    <>
      <Patterns prefix="history" />
      <g aria-hidden="true">
        <TimeAxis scale={scale} />
      </g>
      <g transform={`translate(0 ${axisHeight})`}>
        <g aria-hidden="true">
          {scale.ticks.map(({ day }) => (
            <line key={day} class="grid" x1={scale.x(day)} x2={scale.x(day)} y1={0} y2={height} />
          ))}
          <text class="tick" x={2} y={12}>
            {text.history.chart.above}
          </text>
          <text class="tick" x={2} y={height - 5}>
            {text.history.chart.below}
          </text>
          <g transform={`translate(0 ${bandTop})`}>
            <HistoryBandShape band={band} scale={scale} hatching="history" />
          </g>
        </g>
        {traces}
        {marks.map((mark) =>
          around(
            mark,
            <MarkShape
              mark={mark}
              authority={mark.statement.authority}
              contested={mark.statement.contested}
              isDisowned={mark.statement.role === 'disowned'}
            />,
          ),
        )}
      </g>
    </>
  );
};
