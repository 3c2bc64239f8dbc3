import { addressOf } from '../../address/place.ts';
import type { Horizon } from '../../address/place.ts';
import { stanceInWords } from '../../chart/band-words.ts';
import type { HolderStance } from '../../data/standings.ts';
import { text } from '../../text/index.ts';

/** As the bands have it: above the line, below it, on it, or both. */
const glyphs = { support: '▲', oppose: '▼', neutral: '●', mixed: '◆' } as const;

export interface StandingMarkProps {
  readonly stance: HolderStance | null;
  readonly horizon: Horizon;
}

/** Where somebody stands, as a shape and in a word; it leads to how that came about. */
export const StandingMark = ({ stance, horizon }: StandingMarkProps) => {
  if (stance === null) return <span class="aside">{text.compare.standing.nothing}</span>;
  const { holder, proposition, now } = stance;
  if (now === null) return <span class="aside">{text.compare.standing.nothing}</span>;
  const { status, direction, strength } = now;
  const words =
    direction === null || status === 'insufficient'
      ? text.status.insufficient
      : status === 'provisional'
        ? text.compare.standing.provisional(stanceInWords({ direction, strength }))
        : stanceInWords({ direction, strength });
  const isTold = direction !== null && status !== 'insufficient';
  return (
    <a class="standing" href={addressOf({ view: 'history', holder, proposition, ...horizon })}>
      <span class={isTold ? `glyph glyph-${direction}` : 'glyph'} aria-hidden="true">
        {isTold ? glyphs[direction] : '?'}
      </span>{' '}
      {words}
    </a>
  );
};
