import { rowHeight } from '../chart/band-shape.tsx';
import { heightOfPicture, HistoryPicture } from '../chart/history-picture.tsx';
import { layMarks } from '../chart/mark-layout.ts';
import { createTimeScale } from '../chart/time-scale.ts';
import type { Day } from '../data/days.ts';
import type { HistoryBand } from '../data/history-spans.ts';
import type { Statement } from '../data/side.ts';
import chartStyle from '../style/chart.css?inline';
import historyStyle from '../style/history-chart.css?inline';
import { shortened } from '../text/shortened.ts';
import { asSvg } from './svg.tsx';

export interface HistoryPictureOf {
  readonly title: string;
  readonly band: HistoryBand;
  readonly statements: readonly Statement[];
  readonly extent: readonly [Day, Day];
}

const width = 1000;
const edge = 10;
const titleHeight = 26;
/** So many letters of the title find room. */
const mostLetters = 130;

/** The picture of a history by itself, style and all. */
export const historyAsSvg = ({ title, band, statements, extent }: HistoryPictureOf): string => {
  const scale = createTimeScale(extent, width - 2 * edge);
  const layout = layMarks(statements, scale, rowHeight);
  const height = heightOfPicture(layout) + titleHeight + edge;
  return asSvg(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class="picture"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      <title>{title}</title>
      <style>{chartStyle + historyStyle}</style>
      <rect class="paper" width={width} height={height} />
      <text class="name" x={edge} y={18}>
        {shortened(title, mostLetters)}
      </text>
      <g transform={`translate(${edge} ${titleHeight})`}>
        <HistoryPicture band={band} layout={layout} scale={scale} />
      </g>
    </svg>,
  );
};
