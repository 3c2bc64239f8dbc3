import { text } from '../text/index.ts';
import { BandShape, rowHeight } from './band-shape.tsx';
import { Patterns } from './patterns.tsx';
import { createTimeScale } from './time-scale.ts';
import type { Span } from '../data/bands.ts';

const scale = createTimeScale([0, 10], 44);

const span = (direction: Span['direction'], status: Span['status'] = 'confirmed', contested = false) => ({
  spans: [{ direction, strength: null, from: 0, to: null, status, contested }],
  withdrawn: [],
});

const entries = {
  support: span('support'),
  oppose: span('oppose'),
  neutral: span('neutral'),
  mixed: span('mixed'),
  provisional: span('support', 'provisional'),
  contested: span('oppose', 'confirmed', true),
  withdrawn: { spans: [], withdrawn: [5] },
} as const;

/** What the marks of the bands mean, beside a specimen of each. */
export const Legend = () => (
  <details class="legend">
    <summary>{text.legend.title}</summary>
    <ul>
      {(Object.keys(entries) as (keyof typeof entries)[]).map((name) => (
        <li key={name}>
          <svg width={scale.width} height={rowHeight} aria-hidden="true">
            <Patterns prefix="legend" />
            <BandShape band={entries[name]} scale={scale} hatching="legend" />
          </svg>
          {text.legend[name]}
        </li>
      ))}
    </ul>
  </details>
);
