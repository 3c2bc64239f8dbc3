import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { go } from '../../address/current.ts';
import { addressOf, horizonOf } from '../../address/place.ts';
import type { Place } from '../../address/place.ts';
import { rowHeight } from '../../chart/band-shape.tsx';
import { heightOfPicture, HistoryPicture } from '../../chart/history-picture.tsx';
import { layMarks } from '../../chart/mark-layout.ts';
import type { Mark } from '../../chart/mark-layout.ts';
import { createTimeScale } from '../../chart/time-scale.ts';
import { useWidth } from '../../chart/use-width.ts';
import type { Names } from '../../data/actor-names.ts';
import type { Day } from '../../data/days.ts';
import type { HistoryBand } from '../../data/history-spans.ts';
import type { Statement } from '../../data/side.ts';
import { dayInWords } from '../../text/dates.ts';
import { text } from '../../text/index.ts';
import { countInWords } from '../../text/weights.ts';
import { ChosenStatement } from './chosen-statement.tsx';
import { MarkLink } from './mark-link.tsx';
import { markInWords } from './words.ts';

type Here = Place & { readonly view: 'history' };

export interface ChartProps {
  readonly place: Here;
  readonly band: HistoryBand;
  /** Those that are drawn. */
  readonly statements: readonly Statement[];
  readonly extent: readonly [Day, Day];
  readonly names: Names;
  /** What stands right beneath the picture. */
  readonly children: ComponentChildren;
}

/** By which key one goes from a mark to which; of `count` marks. */
const steps: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index, count) => Math.min(index + 1, count - 1),
  ArrowDown: (index, count) => Math.min(index + 1, count - 1),
  ArrowLeft: (index) => Math.max(index - 1, 0),
  ArrowUp: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Every statement as a mark that is a link; what one points at, or has chosen, is told in full below. */
export const Chart = ({ place, band, statements, extent, names, children }: ChartProps) => {
  const [room, width] = useWidth<HTMLDivElement>();
  const chosen = place.statement;
  /** What was pointed at last, until another is chosen. */
  const [seen, setSeen] = useState<string | null>(null);
  const [reached, setReached] = useState<string | null>(null);
  useEffect(() => setSeen(null), [chosen]);
  const scale = useMemo(() => createTimeScale(extent, width), [extent, width]);
  const layout = useMemo(() => layMarks(statements, scale, rowHeight), [statements, scale]);
  const { marks } = layout;
  const links = useRef(new Map<string, HTMLElement | SVGElement>());

  const letGo = (): void => {
    setSeen(null);
    const { statement: _gone, ...rest } = place;
    go(rest);
  };
  const atKey = (event: KeyboardEvent, index: number): void => {
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const to = marks[step(index, marks.length)];
    if (to !== undefined) links.current.get(to.statement.id)?.focus();
  };
  const isDrawn = (id: string | null | undefined): boolean => marks.some(({ statement }) => statement.id === id);
  /** The one mark that the tab key leads to. */
  const tabbed = isDrawn(reached) ? reached : isDrawn(chosen) ? chosen : marks[0]?.statement.id;
  const active = seen ?? chosen;

  const linkOf = (mark: Mark, shape: ComponentChildren, isActive: boolean, isTabbed: boolean) => {
    const { id } = mark.statement;
    return (
      <MarkLink
        key={id}
        mark={mark}
        label={markInWords(mark.statement, names)}
        href={addressOf({ ...place, statement: id })}
        isActive={isActive}
        isTabbed={isTabbed}
        isChosen={id === chosen}
        keep={(link) => {
          if (link === null) links.current.delete(id);
          else links.current.set(id, link);
        }}
        onSee={() => setSeen(id)}
        onReach={() => {
          setSeen(id);
          setReached(id);
        }}
        onKey={(event) => atKey(event, marks.indexOf(mark))}
      >
        {shape}
      </MarkLink>
    );
  };
  /** Links that nothing is special about, kept: what is the same object is not looked at again, and there may be many. */
  const plain = useMemo(() => new Map<string, ComponentChildren>(), [layout, names, place]);
  const around = (mark: Mark, shape: ComponentChildren): ComponentChildren => {
    const { id } = mark.statement;
    if (id === active || id === tabbed) return linkOf(mark, shape, id === active, id === tabbed);
    const link = plain.get(id) ?? linkOf(mark, shape, false, false);
    plain.set(id, link);
    return link;
  };

  return (
    <div
      class="history-chart"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && active !== undefined) letGo();
      }}
    >
      <div ref={room} class="history-room" onPointerLeave={() => (chosen === undefined ? undefined : setSeen(null))}>
        {width === 0 ? null : (
          <svg
            width={width}
            height={heightOfPicture(layout)}
            role="group"
            aria-label={text.history.chart.label(
              countInWords(marks.length),
              dayInWords(extent[0]),
              dayInWords(extent[1]),
            )}
          >
            <HistoryPicture band={band} layout={layout} scale={scale} around={around} />
          </svg>
        )}
      </div>
      {layout.undrawn === 0 ? null : <p class="aside">{text.history.chart.undrawn(layout.undrawn)}</p>}
      {children}
      <ChosenStatement
        statement={statements.find(({ id }) => id === active)}
        asked={active}
        isKept={chosen !== undefined}
        horizon={horizonOf(place)}
        names={names}
        letGo={letGo}
      />
    </div>
  );
};
