import type { HolderComparisonAnswer } from '@stance/client';
import { useMemo } from 'preact/hooks';

import { useExtent } from '../../address/extent.ts';
import { addressOf } from '../../address/place.ts';
import type { Horizon } from '../../address/place.ts';
import { jointMovesOf } from '../../data/joint-moves.ts';
import { jointMovesAsCsv, jointMovesAsNdjson } from '../../download/joint-move-data.ts';
import { dateInWords } from '../../text/dates.ts';
import { text } from '../../text/index.ts';
import { DownloadMenu } from '../download-menu.tsx';
import { More } from '../more.tsx';

export interface JointMovesProps {
  readonly answer: HolderComparisonAnswer;
  readonly horizon: Horizon;
  /** What the downloads are called. */
  readonly file: string;
}

/** So many are shown at a time. */
const aPage = 50;
/** So many days of one holder are told. */
const mostDays = 3;

/** Who went to the same direction on one proposition, and when. */
export const JointMoves = ({ answer, horizon, file }: JointMovesProps) => {
  const extent = useExtent('moves', aPage);
  const moves = useMemo(() => jointMovesOf(answer), [answer]);
  if (moves.length === 0) return <p>{text.compare.together.none}</p>;
  const left = moves.length - extent.shown;
  return (
    <>
      <div class="tools">
        <DownloadMenu file={file} csv={() => jointMovesAsCsv(moves)} ndjson={() => jointMovesAsNdjson(moves)} />
      </div>
      <ul class="together">
        {moves.slice(0, extent.shown).map(({ proposition, propositionText, to, holders }) => (
          <li key={`${proposition} ${to} ${holders.map(({ holder }) => holder).join(' ')}`}>
            {answer.propositions.length === 1 ? null : (
              <>
                <a href={addressOf({ view: 'proposition', proposition, ...horizon })}>{propositionText}</a>
                <br />
              </>
            )}
            <span class={`chip chip-${to}`}>{text.compare.together.to(text.direction[to])}</span>{' '}
            {holders.map(({ holder, holderName, days }, index) => (
              <span key={holder}>
                {index === 0 ? '' : ', '}
                <a href={addressOf({ view: 'history', holder, proposition, ...horizon })}>{holderName}</a>{' '}
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
