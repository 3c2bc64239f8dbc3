import { useMemo } from 'preact/hooks';

import { go } from '../address/current.ts';
import { addressOf, horizonOf } from '../address/place.ts';
import type { Place } from '../address/place.ts';
import { BandShape, rowHeight } from '../chart/band-shape.tsx';
import { bandInWords } from '../chart/band-words.ts';
import { Legend } from '../chart/legend.tsx';
import { Patterns } from '../chart/patterns.tsx';
import { axisHeight, TimeAxis } from '../chart/time-axis.tsx';
import { createTimeScale } from '../chart/time-scale.ts';
import { useWidth } from '../chart/use-width.ts';
import { bandsAsCsv, bandsAsNdjson } from '../download/band-data.ts';
import { bandsAsSvg } from '../download/band-picture.tsx';
import type { Band } from '../data/bands.ts';
import { extentOf } from '../data/bands.ts';
import type { Day } from '../data/days.ts';
import { dayInWords } from '../text/dates.ts';
import { text } from '../text/index.ts';
import { BandTable } from './band-table.tsx';
import { DownloadMenu } from './download-menu.tsx';

const orders = {
  latest: (a: Band, b: Band) => (b.spans.at(-1)?.from ?? 0) - (a.spans.at(-1)?.from ?? 0),
  name: null,
  steps: (a: Band, b: Band) => b.changes.length - a.changes.length,
} as const;

type Order = keyof typeof orders;

const orderOf = (given: string | undefined): Order =>
  given !== undefined && Object.hasOwn(orders, given) ? (given as Order) : 'latest';

export interface BandListProps {
  /** It says which rows are shown, too. */
  readonly place: Place & { readonly view: 'actor' | 'proposition' };
  readonly bands: readonly Band[];
  /** What a row is called: the other side is what the page is about. */
  readonly nameOf: (band: Band) => string;
  /** The last day to be seen where nothing is later. */
  readonly until: Day;
  /** What the downloads are called. */
  readonly file: string;
}

/** Above so many rows one wants to look for one. */
const manyRows = 12;
/** So many rows are left out together while they are out of sight: for a browser to mind each of thousands is slow. */
const together = 100;
/** About how high a row is with its line, in pixels. */
const rowRoom = 34;

/** Bands of many histories beneath each other, along one line of time. Rows out of sight cost the browser nothing. */
export const BandList = ({ place, bands, nameOf, until, file }: BandListProps) => {
  const [room, width] = useWidth<HTMLDivElement>();
  const { find: words = '' } = place;
  const order = orderOf(place.order);
  const show = (find: string, by: Order): void => {
    const { find: _words, order: _order, ...rest } = place;
    go({ ...rest, ...(find === '' ? {} : { find }), ...(by === 'latest' ? {} : { order: by }) }, { replace: true });
  };
  const openTable = (isOpen: boolean): void => {
    const { table: _table, ...rest } = place;
    go(isOpen ? { ...rest, table: 'yes' } : rest, { replace: true });
  };
  const shown = useMemo(() => {
    const wanted = words.trim().toLocaleLowerCase();
    const found = wanted === '' ? bands : bands.filter((band) => nameOf(band).toLocaleLowerCase().includes(wanted));
    return found.toSorted(orders[order] ?? ((a, b) => nameOf(a).localeCompare(nameOf(b))));
  }, [bands, words, order, nameOf]);
  const blocks = useMemo(
    () =>
      Array.from({ length: Math.ceil(shown.length / together) }, (_, n) =>
        shown.slice(n * together, (n + 1) * together),
      ),
    [shown],
  );
  const extent = useMemo(() => extentOf(bands, until), [bands, until]);
  const scale = useMemo(() => createTimeScale(extent, width), [extent, width]);
  const summary = text.bands.summary(bands.length, dayInWords(extent[0]), dayInWords(extent[1]));

  return (
    <div class="bands">
      <div class="tools">
        {bands.length > manyRows ? (
          <>
            <label>
              {text.bands.filter}
              <input type="search" value={words} onInput={({ currentTarget }) => show(currentTarget.value, order)} />
            </label>
            <label>
              {text.bands.order}
              <select value={order} onChange={({ currentTarget }) => show(words, orderOf(currentTarget.value))}>
                {(Object.keys(orders) as Order[]).map((name) => (
                  <option key={name} value={name}>
                    {text.bands.orders[name]}
                  </option>
                ))}
              </select>
            </label>
          </>
        ) : null}
        <output class="count">{text.bands.count(shown.length, bands.length)}</output>
        <DownloadMenu
          file={file}
          picture={() => bandsAsSvg({ bands: shown, nameOf, extent })}
          csv={() => bandsAsCsv(shown)}
          ndjson={() => bandsAsNdjson(shown)}
        />
      </div>
      <p class="visually-hidden">{summary}</p>
      <div class="band-row band-axis" aria-hidden="true">
        <span class="band-name" />
        <div ref={room} class="band-room">
          <svg width={width} height={axisHeight}>
            <Patterns prefix="hatch" />
            <TimeAxis scale={scale} />
          </svg>
        </div>
      </div>
      {blocks.map((block, index) => (
        <ol
          key={index * together}
          class="band-rows"
          start={index * together + 1}
          style={{ containIntrinsicSize: `auto ${block.length * rowRoom}px` }}
        >
          {block.map((band) => {
            const { holder, proposition } = band;
            return (
              <li key={`${holder} ${proposition}`}>
                <a class="band-row" href={addressOf({ view: 'history', holder, proposition, ...horizonOf(place) })}>
                  <span class="band-name">{nameOf(band)}</span>
                  <span class="visually-hidden">: {bandInWords(band)}</span>
                  <svg class="band-room" width={width} height={rowHeight} aria-hidden="true">
                    <BandShape band={band} scale={scale} hatching="hatch" />
                  </svg>
                </a>
              </li>
            );
          })}
        </ol>
      ))}
      <Legend />
      <BandTable isOpen={place.table === 'yes'} open={openTable} bands={shown} nameOf={nameOf} />
    </div>
  );
};
