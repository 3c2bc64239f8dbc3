import type { TimeScale } from './time-scale.ts';

export const axisHeight = 22;

/** A label at an edge is moved so far that it is read whole, and no further: the next one is near. */
const halfLabel = 28;

/** The days above the bands. */
export const TimeAxis = ({ scale }: { readonly scale: TimeScale }) => (
  <>
    {scale.ticks.map(({ day, label }) => {
      const x = scale.x(day);
      return (
        <g key={day}>
          <text class="tick" x={Math.max(halfLabel, Math.min(x, scale.width - halfLabel))} y={14} text-anchor="middle">
            {label}
          </text>
          <line class="tick" x1={x} x2={x} y1={17} y2={axisHeight} />
        </g>
      );
    })}
  </>
);
