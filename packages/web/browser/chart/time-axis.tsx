import type { TimeScale } from './time-scale.ts';

export const axisHeight = 22;

/** The days above the bands. */
export const TimeAxis = ({ scale }: { readonly scale: TimeScale }) => (
  <>
    {scale.ticks.map(({ day, label }) => {
      const x = scale.x(day);
      const anchor = x < 30 ? 'start' : x > scale.width - 30 ? 'end' : 'middle';
      return (
        <g key={day}>
          <text class="tick" x={x} y={14} text-anchor={anchor}>
            {label}
          </text>
          <line class="tick" x1={x} x2={x} y1={17} y2={axisHeight} />
        </g>
      );
    })}
  </>
);
