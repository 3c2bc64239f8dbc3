import type { Mark } from './mark-layout.ts';

type Authority = Mark['statement']['authority'];

const circle = (r: number): string => `M${-r} 0 a${r} ${r} 0 1 0 ${2 * r} 0 a${r} ${r} 0 1 0 ${-2 * r} 0 Z`;
const square = (r: number): string => `M${-r} ${-r} h${2 * r} v${2 * r} h${-2 * r} Z`;
const triangle = (r: number): string => `M0 ${-r} L${r} ${r} L${-r} ${r} Z`;
const diamond = (r: number): string => `M0 ${-r} L${r} 0 L0 ${r} L${-r} 0 Z`;
const plus = (r: number): string => {
  const arm = r * 0.38;
  const out = r - arm;
  return `M${-arm} ${-r} h${2 * arm} v${out} h${out} v${2 * arm} h${-out} v${out} h${-2 * arm} v${-out} h${-out} v${-2 * arm} h${out} Z`;
};

/** The outline for each standing with which something was said, about the origin. Circle and square are of like area. */
const outlineOf: Readonly<Record<Authority, (radius: number) => string>> = {
  self: circle,
  spokesperson: (r) => square(r * 0.88),
  attributed: triangle,
  'unnamed-source': (r) => diamond(r * 1.15),
  inferred: (r) => plus(r * 1.1),
};

/** A ring of teeth, as the line over a contested band has them. */
const teeth = (radius: number): string => {
  const count = 12;
  const points = Array.from({ length: count * 2 }, (_, index) => {
    const angle = (index / count) * Math.PI;
    const far = radius + (index % 2 === 0 ? 2 : 5);
    return `${(Math.cos(angle) * far).toFixed(1)} ${(Math.sin(angle) * far).toFixed(1)}`;
  });
  return `M${points.join(' L')} Z`;
};

export interface MarkShapeProps {
  readonly mark: Pick<Mark, 'side' | 'counts' | 'x' | 'y' | 'radius'>;
  readonly authority: Authority;
  readonly contested?: boolean;
  readonly isDisowned?: boolean;
}

/** One statement: its shape is the standing, its size the weight; hollow where it does not count. */
export const MarkShape = ({ mark, authority, contested = false, isDisowned = false }: MarkShapeProps) => {
  const { x, y, radius, side, counts } = mark;
  const far = radius + 5;
  return (
    <g transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
      {side === 'mixed' ? <path class="mark-both" d={`M0 ${-far} V${far}`} /> : null}
      <path class={`mark ${counts ? '' : 'mark-hollow '}mark-${side}`} d={outlineOf[authority](radius)} />
      {contested ? <path class="mark-contested" d={teeth(radius)} /> : null}
      {isDisowned ? <path class="mark-disowned" d={`M${-far} ${far} L${far} ${-far}`} /> : null}
    </g>
  );
};
