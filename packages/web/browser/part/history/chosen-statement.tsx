import { useEffect, useRef } from 'preact/hooks';

import type { Horizon } from '../../address/place.ts';
import type { Names } from '../../data/actor-names.ts';
import type { Statement } from '../../data/side.ts';
import { text } from '../../text/index.ts';
import { StatementCard } from './statement-card.tsx';
import { UndrawnStatement } from './undrawn-statement.tsx';

const words = text.history.chart;

export interface ChosenStatementProps {
  readonly statement: Statement | undefined;
  /** Which one is wanted; it need not be there. */
  readonly asked: string | undefined;
  /** It stands in the address. */
  readonly isKept: boolean;
  readonly horizon: Horizon;
  readonly names: Names;
  readonly letGo: () => void;
}

/** The statement that is pointed at or chosen, in full. */
export const ChosenStatement = ({ statement, asked, isKept, horizon, names, letGo }: ChosenStatementProps) => {
  const panel = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  const kept = isKept ? asked : undefined;
  useEffect(() => {
    // Who chose it elsewhere on the page is led to it; who goes along the marks stays there.
    const isAtMark = document.activeElement instanceof SVGElement;
    if (!isFirst.current && kept !== undefined && !isAtMark) panel.current?.focus();
    isFirst.current = false;
  }, [kept]);
  return (
    <section ref={panel} class="chosen" tabIndex={-1} aria-label={words.chosen}>
      {statement === undefined ? (
        asked === undefined ? (
          <p class="aside">{words.hint}</p>
        ) : (
          <UndrawnStatement id={asked} horizon={horizon} names={names} />
        )
      ) : (
        <StatementCard statement={statement} names={names} isOpen />
      )}
      {isKept ? (
        <button type="button" class="let-go" onClick={letGo}>
          {words.letGo}
        </button>
      ) : null}
    </section>
  );
};
