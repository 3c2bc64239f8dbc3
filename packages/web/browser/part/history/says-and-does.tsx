import type { HistoryAnswer } from '@stance/client';

import { stanceInWords } from '../../chart/band-words.ts';
import { text } from '../../text/index.ts';
import { spanInWords } from '../../text/spans.ts';

const words = text.history.saysAndDoes;

type Both = NonNullable<HistoryAnswer['saysAndDoes']>;

const Side = ({ title, side }: { readonly title: string; readonly side: Both['says'] }) => {
  const { direction, strength, status, statements, segments } = side;
  return (
    <div class="account">
      <h3>{title}</h3>
      <p>
        {direction === null ? (
          words.none
        ) : (
          <span class={`chip chip-${direction}`}>{stanceInWords({ direction, strength })}</span>
        )}{' '}
        {text.status[status]}, {words.counted(statements)}
      </p>
      <ol>
        {segments.map((segment) => {
          const what = `${stanceInWords(segment)} (${text.status[segment.status]})`;
          return (
            <li key={`${segment.from.edtf}${segment.direction}`}>
              {segment.to === null
                ? text.bands.since(what, spanInWords(segment.from))
                : text.bands.span(what, spanInWords(segment.from), spanInWords(segment.to))}
            </li>
          );
        })}
      </ol>
    </div>
  );
};

/** Words and votes beside each other, each told by itself, and where they part. */
export const SaysAndDoes = ({ both }: { readonly both: Both | undefined }) =>
  both === undefined ? null : (
    <section>
      <h2>{words.title}</h2>
      <div class="accounts">
        <Side title={words.says} side={both.says} />
        <Side title={words.does} side={both.does} />
      </div>
      {both.parts.length === 0 ? (
        <p>{words.agree}</p>
      ) : (
        <ul>
          {both.parts.map(({ from, to, says, does }) => (
            <li key={from.edtf}>
              {words.parts(
                spanInWords(from),
                to === null ? words.lasting : words.until(spanInWords(to)),
                text.direction[says],
                text.direction[does],
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
