import type { ListedChange } from '@stance/client';

import { addressOf } from '../../address/place.ts';
import type { Horizon } from '../../address/place.ts';
import { stanceInWords } from '../../chart/band-words.ts';
import { toldLast } from '../../data/change-difference.ts';
import type { Difference, HistoryDifference } from '../../data/change-difference.ts';
import { dateInWords } from '../../text/dates.ts';
import { text } from '../../text/index.ts';
import { knownOn } from './known-words.ts';

const statusInWords = ({ status, confirmedAt, withdrawnAt }: ListedChange): string => {
  if (status === 'confirmed' && confirmedAt !== undefined) return text.between.confirmed(dateInWords(confirmedAt));
  if (status === 'withdrawn' && withdrawnAt !== undefined) return text.between.withdrawn(dateInWords(withdrawnAt));
  return status === 'provisional' ? text.between.provisional : text.status[status];
};

const ChangeInWords = ({ change }: { readonly change: ListedChange | null }) => {
  if (change === null) return <span class="aside">{text.between.nothing}</span>;
  const { kind, from, to, at, condition } = change;
  const what = from === null ? stanceInWords(to) : `${stanceInWords(from)} → ${stanceInWords(to)}`;
  return (
    <>
      {text.between.change(text.kind[kind], what, dateInWords(at))}; {statusInWords(change)}
      {condition === undefined ? null : `; ${text.between.condition(condition)}`}
    </>
  );
};

interface DifferenceItemProps {
  readonly difference: Difference;
  readonly from: string;
  readonly to: string | undefined;
}

const DifferenceItem = ({ difference, from, to }: DifferenceItemProps) => {
  const { mark } = difference;
  return (
    <li class="difference">
      <span class="difference-mark">
        <span class="glyph" aria-hidden="true">
          {text.between.glyph[mark]}
        </span>
        {text.between.mark[mark]}
      </span>
      <dl>
        <dt>{knownOn(from)}</dt>
        <dd>
          <ChangeInWords change={mark === 'new' ? null : difference.before} />
        </dd>
        <dt>{knownOn(to)}</dt>
        <dd>
          <ChangeInWords change={mark === 'gone' ? null : difference.now} />
        </dd>
        {mark === 'otherwise' ? (
          <>
            <dt>{text.between.differs}</dt>
            <dd>{difference.aspects.map((aspect) => text.between.aspect[aspect]).join(', ')}</dd>
          </>
        ) : null}
      </dl>
    </li>
  );
};

export interface DifferenceHistoryProps {
  readonly history: HistoryDifference;
  readonly from: string;
  readonly to: string | undefined;
  readonly at: string | undefined;
}

/** What differs in one history: what was known of it on the first date, and on the second. */
export const DifferenceHistory = ({ history, from, to, at }: DifferenceHistoryProps) => {
  const { holder, holderName, proposition, propositionText, differences } = history;
  const said: Horizon = at === undefined ? {} : { at };
  const now: Horizon = to === undefined ? said : { ...said, knownAt: to };
  const isIncomplete = differences.some((difference) => toldLast(difference).incomplete === true);
  const addressAt = (horizon: Horizon): string => addressOf({ view: 'history', holder, proposition, ...horizon });
  // Where all is new, and the first stance of it, there was none to be seen on the first date.
  const wasThere =
    differences.some(({ mark }) => mark !== 'new') ||
    !differences.some((difference) => difference.mark === 'new' && difference.now.kind === 'first');
  return (
    <section class="difference-history">
      <h2>
        <a href={addressOf({ view: 'actor', actor: holder, ...now })}>{holderName}</a>:{' '}
        <a href={addressOf({ view: 'proposition', proposition, ...now })}>{propositionText}</a>
      </h2>
      <ul class="differences">
        {differences.map((difference) => (
          <DifferenceItem key={toldLast(difference).id} difference={difference} from={from} to={to} />
        ))}
      </ul>
      {isIncomplete ? <p class="aside">{text.between.incomplete}</p> : null}
      <p class="difference-links">
        {wasThere ? <a href={addressAt({ ...said, knownAt: from })}>{text.between.history(knownOn(from))}</a> : null}
        <a href={addressAt(now)}>{text.between.history(knownOn(to))}</a>
      </p>
    </section>
  );
};
