import type { ListedChange } from '@stance/client';
import { useRef, useState } from 'preact/hooks';

import { horizonKey, horizonOf } from '../address/place.ts';
import type { Place } from '../address/place.ts';
import { useTitle } from '../address/use-title.ts';
import { changesQueryOf } from '../data/changes-query.ts';
import { useLoaded } from '../data/loaded.ts';
import { service } from '../data/service.ts';
import { useTurn } from '../data/use-turn.ts';
import { changesAsCsv, changesAsNdjson } from '../download/change-data.ts';
import { ChangeLine } from '../part/change-line.tsx';
import { DownloadMenu } from '../part/download-menu.tsx';
import { Found } from '../part/search.tsx';
import { Shown } from '../part/shown.tsx';
import { text } from '../text/index.ts';

const aPage = 30;

const Latest = ({ place }: { readonly place: Place }) => {
  const horizon = horizonOf(place);
  const [wanted, setWanted] = useState(aPage);
  const loaded = useLoaded(
    horizonKey(horizon),
    (signal) => service.changes.list({ ...changesQueryOf(horizon), limit: wanted }, { signal }).page(),
    `${useTurn(horizon)} ${wanted}`,
  );
  /** What was there at first, so that what comes is told from it. */
  const first = useRef<ReadonlySet<string> | null>(null);
  const isNew = ({ id }: ListedChange): boolean => first.current?.has(id) === false;
  if (loaded.state === 'done' && first.current === null)
    first.current = new Set(loaded.value.items.map(({ id }) => id));
  return (
    <Shown loaded={loaded}>
      {({ items, next }) =>
        items.length === 0 ? (
          <div class="notice">
            <h2>{text.overview.empty.title}</h2>
            <p>{text.overview.empty.text}</p>
            <a href="/docs">{text.overview.empty.how}</a>
          </div>
        ) : (
          <>
            <div class="tools">
              <DownloadMenu file="changes" csv={() => changesAsCsv(items)} ndjson={() => changesAsNdjson(items)} />
            </div>
            <ol class="changes">
              {items.map((change) => (
                <ChangeLine
                  key={change.id}
                  change={change}
                  horizon={horizon}
                  isNew={wanted === aPage && isNew(change)}
                />
              ))}
            </ol>
            {next === undefined ? null : (
              <button type="button" onClick={() => setWanted((before) => Math.min(1000, before + 100))}>
                {text.overview.more}
              </button>
            )}
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
