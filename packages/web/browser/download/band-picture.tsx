import { BandShape, rowHeight } from '../chart/band-shape.tsx';
import { Patterns } from '../chart/patterns.tsx';
import { axisHeight, TimeAxis } from '../chart/time-axis.tsx';
import { createTimeScale } from '../chart/time-scale.ts';
import type { Band } from '../data/bands.ts';
import type { Day } from '../data/days.ts';
import chartStyle from '../style/chart.css?inline';
import { shortened } from '../text/shortened.ts';
import { asSvg } from './svg.tsx';

export interface PictureOf {
  readonly bands: readonly Band[];
  readonly nameOf: (band: Band) => string;
  readonly extent: readonly [Day, Day];
}

const nameWidth = 260;
const bandWidth = 740;
const gap = 8;
/** So many letters of a name find room. */
const mostLetters = 40;

/** The bands as a picture of its own, style and all. */
export const bandsAsSvg = ({ bands, nameOf, extent }: PictureOf): string => {
  const scale = createTimeScale(extent, bandWidth);
  const width = nameWidth + gap + bandWidth + gap;
  const height = axisHeight + bands.length * rowHeight + gap;
  return asSvg(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class="picture"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      <style>{chartStyle}</style>
      <Patterns prefix="hatch" />
      <rect class="paper" width={width} height={height} />
      <g transform={`translate(${nameWidth + gap} 0)`}>
        <TimeAxis scale={scale} />
      </g>
      {bands.map((band, row) => (
        <g key={`${band.holder} ${band.proposition}`} transform={`translate(0 ${axisHeight + row * rowHeight})`}>
          <text class="name" x={nameWidth} y={rowHeight / 2 + 4} text-anchor="end">
            {shortened(nameOf(band), mostLetters)}
          </text>
          <g transform={`translate(${nameWidth + gap} 0)`}>
            <BandShape band={band} scale={scale} hatching="hatch" />
          </g>
        </g>
      ))}
    </svg>,
  );
};
