import type { Band, Direction, Span, Strength } from '../data/bands.ts';
import type { TimeScale } from './time-scale.ts';

/** How high a row is, in pixels; its line is in the middle. */
export const rowHeight = 30;

const middle = rowHeight / 2;
/** How far a band reaches from the line, by how strongly it is said; unstated is as moderate. */
const reach: Readonly<Record<NonNullable<Strength>, number>> = { weak: 5, moderate: 9, strong: 13 };

/** Where a band lies says its direction without colour: above the line, below it, on it, or both. */
const extentOf = (direction: Direction, strength: Strength): readonly [top: number, bottom: number] => {
  const far = reach[strength ?? 'moderate'];
  switch (direction) {
    case 'support':
      return [middle - far, middle];
    case 'oppose':
      return [middle, middle + far];
    case 'mixed':
      return [middle - far, middle + far];
    case 'neutral':
      return [middle - 3, middle + 3];
  }
};

interface SpanShapeProps {
  readonly span: Span;
  readonly scale: TimeScale;
  readonly hatching: string;
}

const zigzag = (from: number, to: number, y: number): string => {
  let path = `M${from} ${y}`;
  for (let x = from, up = true; x < to; x += 4, up = !up) path += ` L${Math.min(x + 4, to)} ${up ? y - 3 : y}`;
  return path;
};

const SpanShape = ({ span, scale, hatching }: SpanShapeProps) => {
  const [top, bottom] = extentOf(span.direction, span.strength);
  const left = scale.x(span.from);
  const right = Math.max(left + 2, scale.x(span.to ?? scale.last));
  const shape = { x: left, y: top, width: right - left, height: bottom - top };
  return (
    <>
      {span.status === 'provisional' ? (
        <rect
          {...shape}
          class={`provisional outline-${span.direction}`}
          style={{ fill: `url(#${hatching}-${span.direction})` }}
        />
      ) : (
        <rect {...shape} class={`span ${span.direction}`} />
      )}
      {span.contested === true ? <path class="contested" d={zigzag(left, right, top)} /> : null}
    </>
  );
};

export interface BandShapeProps {
  readonly band: Pick<Band, 'spans' | 'withdrawn'>;
  readonly scale: TimeScale;
  /** The prefix of the hatchings that the picture has. */
  readonly hatching: string;
}

/** One band: its line, the spans on it, and what came to nothing. */
export const BandShape = ({ band, scale, hatching }: BandShapeProps) => (
  <>
    <line class="middle" x1={0} x2={scale.width} y1={middle} y2={middle} />
    {band.spans.map((span) => (
      <SpanShape key={`${span.status}${span.from}${span.direction}`} span={span} scale={scale} hatching={hatching} />
    ))}
    {band.withdrawn.map((day) => {
      const x = scale.x(day);
      return <path key={day} class="withdrawn" d={`M${x - 3} ${middle - 3} l6 6 m0 -6 l-6 6`} />;
    })}
  </>
);
