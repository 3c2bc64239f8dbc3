import { discSize, ShareDisc } from '../chart/share-disc.tsx';
import { shareOf } from '../data/agreement-matrix.ts';
import type { AgreementMatrix } from '../data/agreement-matrix.ts';
import chartStyle from '../style/chart.css?inline';
import matrixStyle from '../style/matrix-chart.css?inline';
import { percentInWords } from '../text/numbers.ts';
import { shortened } from '../text/shortened.ts';
import { asSvg } from './svg.tsx';

const nameWidth = 190;
const cell = 54;
const gap = 8;
/** So many letters of a name find room. */
const mostLetters = 26;

/** The matrix as a picture of its own, style and all. */
export const matrixAsSvg = ({ holders, rows }: AgreementMatrix): string => {
  const side = nameWidth + gap + holders.length * cell + gap;
  return asSvg(
    <svg xmlns="http://www.w3.org/2000/svg" class="picture" width={side} height={side} viewBox={`0 0 ${side} ${side}`}>
      <style>{chartStyle + matrixStyle}</style>
      <rect class="paper" width={side} height={side} />
      {holders.map(({ id, name }, index) => {
        const start = nameWidth + gap + index * cell;
        const middle = start + cell / 2 + 4;
        return (
          <g key={id}>
            <text class="name" x={nameWidth} y={middle} text-anchor="end">
              {shortened(name, mostLetters)}
            </text>
            <text class="name" transform={`translate(${middle} ${nameWidth}) rotate(-90)`}>
              {shortened(name, mostLetters)}
            </text>
            {(rows[index] ?? []).map((pair, column) => {
              const share = pair === null ? null : shareOf(pair);
              if (share === null) return null;
              const x = nameWidth + gap + column * cell;
              return (
                <g key={holders[column]?.id} transform={`translate(${x} ${start})`}>
                  <g transform={`translate(${(cell - discSize) / 2} 4)`}>
                    <ShareDisc share={share} />
                  </g>
                  <text class="share-number" x={cell / 2} y={cell - 8} text-anchor="middle">
                    {percentInWords(share)}
                  </text>
                </g>
              );
            })}
          </g>
        );
      })}
    </svg>,
  );
};
