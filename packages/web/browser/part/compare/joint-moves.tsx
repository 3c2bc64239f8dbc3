import type { HolderComparisonAnswer } from '@stance/client';

import { useExtent } from '../../address/extent.ts';
import { addressOf } from '../../address/place.ts';
import type { Horizon } from '../../address/place.ts';
import { dateInWords } from '../../text/dates.ts';
import { text } from '../../text/index.ts';
import { More } from '../more.tsx';

export interface JointMovesProps {
  readonly answer: Pick<HolderComparisonAnswer, 'movedTogether' | 'holders' | 'propositions'>;
  readonly horizon: Horizon;
}

/** So many are shown at a time. */
const aPage = 50;
/** So many days of one holder are told. */
const mostDays = 3;

/** Who went to the same direction on one proposition, and when. */
export const JointMoves = ({ answer: { movedTogether, holders, propositions }, horizon }: JointMovesProps) => {
  const extent = useExtent('moves', aPage);
  if (movedTogether.length === 0) return <p>{text.compare.together.none}</p>;
  const names = new Map(holders.map(({ id, name = id }) => [id, name]));
  const sentences = new Map(propositions.map(({ id, text: sentence = id }) => [id, sentence]));
  const left = movedTogether.length - extent.shown;
  return (
    <>
      <ul class="together">
        {movedTogether.slice(0, extent.shown).map(({ proposition, to, holders: moved }) => (
          <li key={`${proposition} ${to} ${moved.map(({ holder }) => holder).join(' ')}`}>
            {propositions.length === 1 ? null : (
              <>
                <a href={addressOf({ view: 'proposition', proposition, ...horizon })}>
                  {sentences.get(proposition) ?? proposition}
                </a>
                <br />
              </>
            )}
            <span class={`chip chip-${to}`}>{text.compare.together.to(text.direction[to])}</span>{' '}
            {moved.map(({ holder, days }, index) => (
              <span key={holder}>
                {index === 0 ? '' : ', '}
                <a href={addressOf({ view: 'history', holder, proposition, ...horizon })}>
                  {names.get(holder) ?? holder}
                </a>{' '}
                <span class="aside">
                  ({days.slice(0, mostDays).map(dateInWords).join(', ')}
                  {days.length > mostDays ? ', …' : ''})
                </span>
              </span>
            ))}
          </li>
        ))}
      </ul>
      {left > 0 ? <More extent={extent}>{text.compare.standing.more(Math.min(left, aPage))}</More> : null}
    </>
  );
};
