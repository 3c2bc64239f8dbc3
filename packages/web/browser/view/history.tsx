import { useMemo, useState } from 'preact/hooks';

import { go } from '../address/current.ts';
import { addressOf, horizonKey, horizonOf } from '../address/place.ts';
import { useTitle } from '../address/use-title.ts';
import type { Horizon, Place } from '../address/place.ts';
import { historyExtents } from '../chart/history-extent.ts';
import { Legend } from '../chart/legend.tsx';
import { MarkLegend } from '../chart/mark-legend.tsx';
import { useNames } from '../data/actor-names.ts';
import type { Names } from '../data/actor-names.ts';
import { historyBand } from '../data/history-spans.ts';
import { allStatements, loadHistory, mostMarks } from '../data/history.ts';
import type { HistoryShown } from '../data/history.ts';
import { useLoaded } from '../data/loaded.ts';
import { useStatementTurn } from '../data/use-statement-turn.ts';
import { useTurn } from '../data/use-turn.ts';
import { historyAsSvg } from '../download/history-picture.tsx';
import { acrossBy, hadBegun, saysAndDoesBy, untilOf } from '../part/history/begun.ts';
import { Across } from '../part/history/across.tsx';
import { Beside } from '../part/history/beside.tsx';
import { Changes } from '../part/history/changes.tsx';
import { Chart } from '../part/history/chart.tsx';
import { Conditional } from '../part/history/conditional.tsx';
import { Contested } from '../part/history/contested.tsx';
import { changesBy, glanceOf, presentInWords } from '../part/history/glance.ts';
import { namedIn } from '../part/history/named.ts';
import { SaysAndDoes } from '../part/history/says-and-does.tsx';
import { Statements } from '../part/history/statements.tsx';
import { TakenBack } from '../part/history/taken-back.tsx';
import { stanceWhy } from '../part/history/why.ts';
import { statementsAsCsv, statementsAsNdjson } from '../download/statement-data.ts';
import { DownloadMenu } from '../part/download-menu.tsx';
import { Shown } from '../part/shown.tsx';
import { dayInWords } from '../text/dates.ts';
import { text } from '../text/index.ts';
import { countInWords } from '../text/weights.ts';

const words = text.history;

type Here = Place & { readonly view: 'history' };

interface PartProps {
  readonly place: Here;
  readonly horizon: Horizon;
  readonly shown: HistoryShown;
  readonly names: Names;
}

const Heading = ({ place, horizon, shown: { history } }: Omit<PartProps, 'names'>) => {
  const { holder, holderName = holder, proposition, propositionText = proposition, incomplete, parked = [] } = history;
  useTitle(`${holderName}: ${propositionText}`);
  return (
    <>
      <h1>
        <a href={addressOf({ view: 'actor', actor: holder, ...horizon })}>{holderName}</a> {words.on}{' '}
        <a href={addressOf({ view: 'proposition', proposition, ...horizon })}>{propositionText}</a>
      </h1>
      {place.holder === holder ? null : <p class="notice">{words.merged(place.holder, holderName)}</p>}
      {incomplete === undefined ? null : <p class="notice">{words.incomplete(parked.join(', '))}</p>}
    </>
  );
};

/** The picture, with what it leaves out said beneath it. */
const Picture = ({ place, horizon, shown, names }: PartProps) => {
  const isWhole = place.whole === 'yes';
  const show = (all: boolean): void => {
    const { whole: _before, ...rest } = place;
    go(all ? { ...rest, whole: 'yes' } : rest, { replace: true });
  };
  const { history, explanation, statements } = shown;
  const until = untilOf(history.at);
  const band = useMemo(() => historyBand(history, until), [history, until]);
  const drawn = useMemo(() => statements.slice(0, mostMarks), [statements]);
  const { said, whole } = useMemo(() => historyExtents(drawn, history.segments, until), [drawn, history, until]);
  const extent = isWhole && whole !== null ? whole : said;
  const { holder, holderName = holder, proposition, propositionText = proposition } = history;
  const { count } = explanation.statements;
  const picture = (): string =>
    historyAsSvg({ title: `${holderName}: ${propositionText}`, band, statements: drawn, extent });
  return (
    <section>
      <div class="tools">
        <h2>{words.chart.title}</h2>
        <DownloadMenu
          file={`${holder}-${proposition}`}
          picture={picture}
          csv={async () => statementsAsCsv(await allStatements(shown, horizon))}
          ndjson={async () => statementsAsNdjson(await allStatements(shown, horizon))}
        />
      </div>
      {count <= drawn.length ? null : (
        <p role="status">
          {shown.after !== undefined && drawn.length < mostMarks
            ? words.chart.loading(countInWords(drawn.length), countInWords(count))
            : words.chart.capped(countInWords(drawn.length), countInWords(count))}
        </p>
      )}
      <Chart place={place} band={band} statements={drawn} extent={extent} names={names}>
        <p class="aside extent">
          {words.chart.caption(dayInWords(extent[0]), dayInWords(extent[1]))}{' '}
          {whole === null ? null : (
            <>
              {isWhole ? null : words.chart.silence(dayInWords(until))}{' '}
              <button type="button" onClick={() => show(!isWhole)}>
                {isWhole ? words.chart.said : words.chart.whole}
              </button>
            </>
          )}
        </p>
      </Chart>
      <details class="legend">
        <summary>{words.marks.title}</summary>
        <MarkLegend />
      </details>
      <Legend />
    </section>
  );
};

const Told = ({ place, horizon, shown }: Omit<PartProps, 'names'>) => {
  const { history, explanation } = shown;
  const { holder, holderName = holder, proposition, stance } = history;
  const until = untilOf(history.at);
  const { ids, given } = useMemo(() => namedIn(shown), [shown]);
  const names = useNames(ids, given, place.knownAt);
  const changes = changesBy(
    explanation.changes.map((explained) => ({ ...explained.change, explained })),
    until,
  ).map(({ explained }) => explained);
  const isBegun = explanation.statements.count > 0;
  return (
    <>
      <Heading place={place} horizon={horizon} shown={shown} />
      <p class="present">{presentInWords(shown, holderName, place.at === undefined ? null : until)}</p>
      <ul class="glance">
        {glanceOf(shown, names, until).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {place.at === undefined ? null : <p class="aside">{words.hindsight(dayInWords(until))}</p>}
      {isBegun ? <Picture place={place} horizon={horizon} shown={shown} names={names} /> : null}
      <Across across={acrossBy(history, until)} holder={holder} proposition={proposition} names={names} />
      <Contested
        contested={explanation.contested.filter(({ at }) => hadBegun(at, until))}
        holder={holder}
        method={shown.method}
        names={names}
      />
      {isBegun ? (
        <section>
          <h2>{words.why.title}</h2>
          <p>{stanceWhy(shown)}</p>
          {changes.length === 0 ? <p>{words.why.none}</p> : <Changes changes={changes} method={shown.method} />}
        </section>
      ) : null}
      <TakenBack statements={shown.statements} names={names} />
      <Conditional conditional={explanation.conditional} until={until} method={shown.method} />
      <SaysAndDoes both={saysAndDoesBy(history, until)} />
      <Beside stance={stance} />
      {isBegun ? <Statements shown={shown} horizon={horizon} names={names} chosen={place.statement} /> : null}
    </>
  );
};

/** How a holder came to stand where he does on a proposition: every statement, what follows from it, and why. */
export const History = ({ place }: { readonly place: Here }) => {
  const { holder, proposition } = place;
  const horizon = horizonOf(place);
  const [known, setKnown] = useState(holder);
  // Who was merged into another has the other's changes.
  const turn = useTurn(horizon, (change) => change.holder === known && change.proposition === proposition);
  // What is more of the same changes no stance, and is shown all the same.
  const statements = useStatementTurn(holder, proposition, horizon);
  const loaded = useLoaded<HistoryShown>(
    horizonKey(horizon),
    async (signal, tell) => {
      await statements.whenBegun();
      const shown = await loadHistory(holder, proposition, horizon, signal, tell);
      setKnown(shown.history.holder);
      return shown;
    },
    `${turn} ${statements.turn}`,
  );
  return <Shown loaded={loaded}>{(shown) => <Told place={place} horizon={horizon} shown={shown} />}</Shown>;
};
