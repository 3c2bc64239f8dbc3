import type { ListedChange } from '@stance/client';

import { addressOf, horizonOf } from '../address/place.ts';
import type { Horizon } from '../address/place.ts';
import { stanceInWords } from '../chart/band-words.ts';
import { dateInWords } from '../text/dates.ts';
import { text } from '../text/index.ts';

export interface ChangeLineProps {
  readonly change: ListedChange;
  readonly horizon: Horizon;
  /** It has come while the page was open. */
  readonly isNew?: boolean;
}

/** One change: who, on what, from where to where, when, and the words that opened it. */
export const ChangeLine = ({ change, horizon, isNew = false }: ChangeLineProps) => {
  const { holder, holderName = holder, proposition, propositionText = proposition, from, to, evidence } = change;
  const words = evidence.find(({ role, quote }) => role === 'opened' && quote !== undefined) ?? evidence[0];
  return (
    <li class={isNew ? 'change is-new' : 'change'}>
      <p class="change-head">
        <span class={`chip chip-${to.direction}`}>{text.kind[change.kind]}</span>
        <span class={`status status-${change.status}`}>{text.status[change.status]}</span>
        <span class="day">{dateInWords(change.at)}</span>
        {isNew ? <strong class="new">{text.live.new}</strong> : null}
      </p>
      <p>
        <a href={addressOf({ view: 'actor', actor: holder, ...horizonOf(horizon) })}>{holderName}</a>{' '}
        <a class="what" href={addressOf({ view: 'history', holder, proposition, ...horizonOf(horizon) })}>
          {text.overview.what(
            from === null ? null : stanceInWords(from),
            stanceInWords(to),
            change.status === 'provisional',
          )}
        </a>
        {': '}
        <a href={addressOf({ view: 'proposition', proposition, ...horizonOf(horizon) })}>{propositionText}</a>
      </p>
      {words?.quote === undefined ? null : (
        <blockquote>
          <q>{words.quote.exact}</q>
          {words.publisher === undefined ? null : <cite>{words.publisher}</cite>}
        </blockquote>
      )}
    </li>
  );
};
