import type { ParkedStream, ParkedStreamList } from '@stance/client';

import { addressOf } from '../../address/place.ts';
import { useNamed } from '../../data/named.ts';
import type { Kind } from '../../data/named.ts';
import { instantInWords } from '../../text/dates.ts';
import { text } from '../../text/index.ts';
import { countInWords } from '../../text/weights.ts';
import { Command } from './command.tsx';

/** So many histories are named at once. */
const fewHistories = 10;

/** What some ids stand for; the id itself where that is not known. */
const useNames = (kind: Kind, ids: readonly string[]): ((id: string) => string) => {
  const names = new Map(useNamed(kind, [...new Set(ids)], undefined).map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
};

const Histories = ({ histories }: { readonly histories: ParkedStream['histories'] }) => {
  const holderName = useNames(
    'actor',
    histories.map(({ holder }) => holder),
  );
  const propositionText = useNames(
    'proposition',
    histories.map(({ proposition }) => proposition),
  );
  return (
    <ul>
      {histories.map(({ holder, proposition }) => (
        <li key={`${holder} ${proposition}`}>
          <a href={addressOf({ view: 'history', holder, proposition })}>
            {text.operations.parked.history(holderName(holder), propositionText(proposition))}
          </a>
        </li>
      ))}
    </ul>
  );
};

const OneParked = ({ parked }: { readonly parked: ParkedStream }) => {
  const { stream, code, message, type, revision, position, since, waiting, histories } = parked;
  const words = text.operations.parked;
  const more = histories.slice(fewHistories);
  return (
    <li class="parked">
      <h3>{stream}</h3>
      <dl class="facts">
        <dt>{words.why}</dt>
        <dd>
          {message} <code>{code}</code>
        </dd>
        <dt>{words.event}</dt>
        <dd>{words.eventAt(type, revision, countInWords(position))}</dd>
        <dt>{words.since}</dt>
        <dd>{instantInWords(since)}</dd>
        <dt>{words.waiting}</dt>
        <dd>{words.events(waiting)}</dd>
        <dt>{words.histories}</dt>
        <dd>
          {histories.length === 0 ? words.noHistories : <Histories histories={histories.slice(0, fewHistories)} />}
          {more.length === 0 ? null : (
            <details>
              <summary>{words.moreHistories(more.length)}</summary>
              <Histories histories={more} />
            </details>
          )}
        </dd>
      </dl>
      <Command words={['parked', 'show', stream]} />
      <Command words={['parked', 'retry', stream]} />
    </li>
  );
};

/** What waits, why, and what is incomplete because of it. */
export const ParkedStreams = ({ list: { items, next } }: { readonly list: ParkedStreamList }) => {
  const words = text.operations.parked;
  if (items.length === 0) return <p>{words.none}</p>;
  return (
    <>
      <p>{words.help}</p>
      <ul class="parked-list">
        {items.map((parked) => (
          <OneParked key={parked.stream} parked={parked} />
        ))}
      </ul>
      {next === undefined ? null : (
        <>
          <p>{words.more}</p>
          <Command words={['parked', 'list']} />
        </>
      )}
    </>
  );
};
