import type { StanceAnswer } from '@stance/client';

import { place } from '../../address/current.ts';
import { addressOf, horizonOf } from '../../address/place.ts';
import { text } from '../../text/index.ts';
import { spanInWords } from '../../text/spans.ts';

const words = text.history;

/** Members of the holder who stand elsewhere. */
const Dissent = ({ stance }: { readonly stance: StanceAnswer }) => {
  const { dissent = [], proposition } = stance;
  if (dissent.length === 0) return null;
  return (
    <section>
      <h2>{words.dissent.title}</h2>
      <ul>
        {dissent.map(({ member, name = member, role, direction, status, since }) => (
          <li key={member}>
            <a href={addressOf({ view: 'history', holder: member, proposition, ...horizonOf(place.value) })}>{name}</a>
            {role === undefined ? null : <span class="aside"> ({role})</span>}{' '}
            <span class={`chip chip-${direction}`}>{text.direction[direction]}</span>{' '}
            {words.dissent.since(text.status[status], spanInWords(since))}
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What follows from where the holder stands on related propositions. */
const Implied = ({ stance }: { readonly stance: StanceAnswer }) => {
  const { implied = [], holder } = stance;
  if (implied.length === 0) return null;
  return (
    <section>
      <h2>{words.implied.title}</h2>
      <p>{words.implied.text}</p>
      <ul>
        {implied.map(({ direction, proposition, propositionText, given, status, since, path, conflict }) => (
          <li key={`${proposition}${direction}`}>
            {words.implied.from(text.direction[direction], text.direction[given])}{' '}
            <a href={addressOf({ view: 'history', holder, proposition, ...horizonOf(place.value) })}>
              {propositionText ?? proposition}
            </a>{' '}
            <span class="aside">
              (
              {words.implied.detail(
                text.status[status],
                spanInWords(since),
                path.map(({ type }) => words.relation[type]).join(', '),
              )}
              )
            </span>
            {conflict === true ? <strong> {words.implied.conflict}</strong> : null}
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What stands beside the stance and never counts with it. */
export const Beside = ({ stance }: { readonly stance: StanceAnswer | null }) =>
  stance === null ? null : (
    <>
      <Dissent stance={stance} />
      <Implied stance={stance} />
    </>
  );
