import { addressOf, horizonKey } from '../../address/place.ts';
import type { Horizon } from '../../address/place.ts';
import type { Names } from '../../data/actor-names.ts';
import { useLoaded } from '../../data/loaded.ts';
import { service } from '../../data/service.ts';
import { text } from '../../text/index.ts';
import { spanInWords } from '../../text/spans.ts';
import { Quote } from './quote.tsx';
import { SourceLine } from './source-line.tsx';
import { speakerInWords } from './words.ts';

const words = text.history;

export interface UndrawnStatementProps {
  readonly id: string;
  readonly horizon: Horizon;
  readonly names: Names;
}

/** A statement that is asked for and not drawn, of another history perhaps: its words, or that there is none. */
export const UndrawnStatement = ({ id, horizon, names }: UndrawnStatementProps) => {
  const { knownAt } = horizon;
  const loaded = useLoaded(`${id} ${horizonKey(horizon)}`, (signal) =>
    service.statements.get(id, knownAt === undefined ? {} : { knownAt }, { signal }),
  );
  if (loaded.state === 'loading') return <p class="aside">{text.loading}</p>;
  if (loaded.state === 'failed') return <p class="aside">{words.chart.unknown(id)}</p>;
  const statement = loaded.value;
  const { holder, proposition, quote, language, saidAt, source } = statement;
  return (
    <article class="statement">
      <p class="aside">
        {words.chart.undrawnOne(id)}{' '}
        <a href={addressOf({ view: 'history', holder, proposition, statement: id, ...horizon })}>
          {words.chart.itsHistory(names.get(holder) ?? holder, proposition)}
        </a>
      </p>
      <Quote quote={quote} language={language} />
      <p>
        {speakerInWords(statement, names)}, {spanInWords(saidAt)}
      </p>
      {source === undefined ? null : (
        <p>
          <SourceLine source={source} />
        </p>
      )}
    </article>
  );
};
