import type { ListedChange } from '@stance/client';
import { useRef } from 'preact/hooks';

import { useExtent } from '../address/extent.ts';
import { horizonKey, horizonOf } from '../address/place.ts';
import type { Place } from '../address/place.ts';
import { useTitle } from '../address/use-title.ts';
import { latestChanges } from '../data/latest-changes.ts';
import { useLoaded } from '../data/loaded.ts';
import { useTurn } from '../data/use-turn.ts';
import { changesAsCsv, changesAsNdjson } from '../download/change-data.ts';
import { ChangeLine } from '../part/change-line.tsx';
import { DownloadMenu } from '../part/download-menu.tsx';
import { More } from '../part/more.tsx';
import { Found } from '../part/search.tsx';
import { Shown } from '../part/shown.tsx';
import { text } from '../text/index.ts';

const aPage = 30;
const aLargerPage = 100;

const Latest = ({ place }: { readonly place: Place }) => {
  const horizon = horizonOf(place);
  const extent = useExtent('rows', aPage, aLargerPage);
  const { shown } = extent;
  const loaded = useLoaded(
    horizonKey(horizon),
    (signal) => latestChanges(horizon, shown, signal),
    `${useTurn(horizon)} ${shown}`,
  );
  /** What was there at first, so that what comes is told from it. */
  const first = useRef<ReadonlySet<string> | null>(null);
  const shownFirst = useRef(shown);
  const isNew = ({ id }: ListedChange): boolean => shown === shownFirst.current && first.current?.has(id) === false;
  if (loaded.state === 'done' && first.current === null)
    first.current = new Set(loaded.value.changes.map(({ id }) => id));
  return (
    <Shown loaded={loaded}>
      {({ changes, hasMore }) =>
        changes.length === 0 ? (
          <div class="notice">
            <h2>{text.overview.empty.title}</h2>
            <p>{text.overview.empty.text}</p>
            <a href="/docs">{text.overview.empty.how}</a>
          </div>
        ) : (
          <>
            <div class="tools">
              <DownloadMenu file="changes" csv={() => changesAsCsv(changes)} ndjson={() => changesAsNdjson(changes)} />
            </div>
            <ol class="changes">
              {changes.map((change) => (
                <ChangeLine key={change.id} change={change} horizon={horizon} isNew={isNew(change)} />
              ))}
            </ol>
            {hasMore ? <More extent={extent}>{text.more}</More> : null}
          </>
        )
      }
    </Shown>
  );
};

/** What has changed last, and the way to everybody and everything by name. */
export const Overview = ({ place }: { readonly place: Place & { readonly view: 'overview' } }) => {
  useTitle(place.q ?? text.overview.title);
  return (
    <>
      {place.q === undefined ? <h1>{text.overview.title}</h1> : <h1>{text.search.label}</h1>}
      {place.q === undefined ? <Latest place={place} /> : <Found words={place.q} />}
    </>
  );
};
