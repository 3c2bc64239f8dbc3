import { text } from '../text/index.ts';
import { MarkShape } from './mark-shape.tsx';
import type { MarkShapeProps } from './mark-shape.tsx';

const mark = { side: 'support', counts: true, x: 16, y: 16, radius: 8 } as const;

const specimens = {
  self: { mark, authority: 'self' },
  spokesperson: { mark, authority: 'spokesperson' },
  attributed: { mark, authority: 'attributed' },
  'unnamed-source': { mark, authority: 'unnamed-source' },
  inferred: { mark, authority: 'inferred' },
  weight: { mark: { ...mark, radius: 4 }, authority: 'self' },
  mixed: { mark: { ...mark, side: 'mixed' }, authority: 'self' },
  contested: { mark, authority: 'self', contested: true },
  hollow: { mark: { ...mark, counts: false }, authority: 'self' },
  disowned: { mark: { ...mark, counts: false }, authority: 'self', isDisowned: true },
} as const satisfies Readonly<Record<string, MarkShapeProps>>;

/** What the marks of a history mean, beside a specimen of each. */
export const MarkLegend = () => (
  <ul class="mark-legend">
    {(Object.keys(specimens) as (keyof typeof specimens)[]).map((name) => (
      <li key={name}>
        <svg width={32} height={32} aria-hidden="true">
          <MarkShape {...specimens[name]} />
        </svg>
        {text.history.marks[name]}
      </li>
    ))}
    <li>
      <svg width={32} height={32} aria-hidden="true">
        <path class="vague" d="M2 13 v6 m0 -3 H30 m0 -3 v6" />
      </svg>
      {text.history.marks.vague}
    </li>
    <li>
      <svg width={32} height={32} aria-hidden="true">
        <rect class="insufficient outline-support" x={1} y={11} width={30} height={9} />
      </svg>
      {text.history.marks.insufficient}
    </li>
    <li>
      <svg width={32} height={32} aria-hidden="true">
        <rect class="implied outline-support" x={1} y={10} width={30} height={12} />
      </svg>
      {text.history.marks.implied}
    </li>
  </ul>
);
