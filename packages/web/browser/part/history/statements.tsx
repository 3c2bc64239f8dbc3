import type { ExplanationAnswer } from '@stance/client';

import { useExtent } from '../../address/extent.ts';
import type { Extent } from '../../address/extent.ts';
import type { Horizon } from '../../address/place.ts';
import type { Names } from '../../data/actor-names.ts';
import { aPageOfStatements } from '../../data/history.ts';
import type { HistoryShown } from '../../data/history.ts';
import { useLoaded } from '../../data/loaded.ts';
import { service } from '../../data/service.ts';
import type { Statement } from '../../data/side.ts';
import { text } from '../../text/index.ts';
import { countInWords } from '../../text/weights.ts';
import { More } from '../more.tsx';
import { Shown } from '../shown.tsx';
import { StatementCard } from './statement-card.tsx';
import { StatementLink } from './statement-link.tsx';

const words = text.history;

interface ItemsProps {
  readonly statements: readonly Statement[];
  readonly names: Names;
  readonly chosen: string | undefined;
}

const Items = ({ statements, names, chosen }: ItemsProps) => (
  <>
    {statements.map((statement) => (
      <li key={statement.id} aria-current={statement.id === chosen ? 'true' : undefined}>
        <StatementCard statement={statement} names={names} />
        <p class="show">
          <StatementLink id={statement.id}>{words.statement.show}</StatementLink>
        </p>
      </li>
    ))}
  </>
);

interface LaterProps {
  readonly of: Pick<ExplanationAnswer, 'holder' | 'proposition'>;
  readonly horizon: Horizon;
  readonly after: string;
  /** So many are listed before them. */
  readonly before: number;
  readonly extent: Extent;
  readonly names: Names;
  readonly chosen: string | undefined;
}

const MoreItem = ({ extent }: { readonly extent: Extent }) => (
  <li class="more">
    <More extent={extent}>{text.more}</More>
  </li>
);

/** The statements behind those at hand, a page of them, asked for once it is wanted; and in turn those behind it. */
const Later = (props: LaterProps) =>
  props.extent.shown > props.before ? <LaterPage {...props} /> : <MoreItem extent={props.extent} />;

const LaterPage = ({ of, horizon, after, before, extent, names, chosen }: LaterProps) => {
  const { holder, proposition } = of;
  const query = { ...horizon, limit: aPageOfStatements, after };
  const loaded = useLoaded(after, (signal) =>
    service.histories.explainedStatements(holder, proposition, query, { signal }).page(),
  );
  return (
    <Shown loaded={loaded}>
      {({ statements: { items, next } }) => (
        <>
          <Items statements={items} names={names} chosen={chosen} />
          {next === undefined ? null : (
            <Later
              key={next}
              of={of}
              horizon={horizon}
              after={next}
              before={before + items.length}
              extent={extent}
              names={names}
              chosen={chosen}
            />
          )}
        </>
      )}
    </Shown>
  );
};

export interface StatementsProps {
  readonly shown: HistoryShown;
  readonly horizon: Horizon;
  readonly names: Names;
  readonly chosen: string | undefined;
}

/** Every statement with its words, source and weight: what the picture shows, to be read. */
export const Statements = ({ shown, horizon, names, chosen }: StatementsProps) => {
  const extent = useExtent('rows', aPageOfStatements);
  const listed = extent.shown;
  const { statements, explanation, after } = shown;
  return (
    <section class="statements">
      <h2>{words.statements.title}</h2>
      <p>
        {explanation.statements.count === 0
          ? words.statements.none
          : words.statements.count(countInWords(explanation.statements.count))}
      </p>
      <ol>
        <Items statements={statements.slice(0, listed)} names={names} chosen={chosen} />
        {listed < statements.length ? (
          <MoreItem extent={extent} />
        ) : after === undefined ? null : (
          <Later
            key={after}
            of={explanation}
            horizon={horizon}
            after={after}
            before={statements.length}
            extent={extent}
            names={names}
            chosen={chosen}
          />
        )}
      </ol>
    </section>
  );
};
