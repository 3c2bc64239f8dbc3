import { useExtent } from '../address/extent.ts';
import { horizonKey, horizonOf } from '../address/place.ts';
import type { Place } from '../address/place.ts';
import { useTitle } from '../address/use-title.ts';
import { arrivalsUpToNow } from '../data/arrivals.ts';
import type { Arrivals } from '../data/arrivals.ts';
import { latestChanges } from '../data/latest-changes.ts';
import { useLoaded } from '../data/loaded.ts';
import { useTurn } from '../data/use-turn.ts';
import { changesAsCsv, changesAsNdjson } from '../download/change-data.ts';
import { Arrived } from '../part/arrived.tsx';
import { ChangeLine } from '../part/change-line.tsx';
import { DownloadMenu } from '../part/download-menu.tsx';
import { More } from '../part/more.tsx';
import { Found } from '../part/search.tsx';
import { Shown } from '../part/shown.tsx';
import { text } from '../text/index.ts';
import { countInWords } from '../text/weights.ts';

const aPage = 30;
const aLargerPage = 100;

const Latest = ({ place }: { readonly place: Place }) => {
  const horizon = horizonOf(place);
  const isPresent = place.at === undefined && place.knownAt === undefined;
  const extent = useExtent('rows', aPage, aLargerPage);
  const { shown } = extent;
  const loaded = useLoaded(
    horizonKey(horizon),
    async (signal) => {
      // What has come by now is in the answer, where it is one of the latest.
      const arrivals: Arrivals = isPresent ? arrivalsUpToNow() : new Map();
      return { ...(await latestChanges(horizon, shown, signal)), arrivals };
    },
    `${useTurn(horizon)} ${shown}`,
  );
  const came = loaded.value?.arrivals.size ?? 0;
  return (
    <>
      <p class="aside" role="status">
        {came === 0 ? '' : text.overview.arrived(countInWords(came), came)}
      </p>
      <Shown loaded={loaded}>
        {({ changes, hasMore, arrivals }) => {
          if (changes.length === 0)
            return !isPresent ? (
              <p>{text.overview.nothingThen}</p>
            ) : (
              <div class="notice">
                <h2>{text.overview.empty.title}</h2>
                <p>{text.overview.empty.text}</p>
                <a href="/docs">{text.overview.empty.how}</a>
              </div>
            );
          const listed = new Set(changes.map(({ id }) => id));
          return (
            <>
              <Arrived changes={[...arrivals.values()].filter(({ id }) => !listed.has(id))} />
              <div class="tools">
                <DownloadMenu
                  file="changes"
                  csv={() => changesAsCsv(changes)}
                  ndjson={() => changesAsNdjson(changes)}
                />
              </div>
              <ol class="changes">
                {changes.map((change) => (
                  <ChangeLine key={change.id} change={change} horizon={horizon} isNew={arrivals.has(change.id)} />
                ))}
              </ol>
              {hasMore ? <More extent={extent}>{text.more}</More> : null}
            </>
          );
        }}
      </Shown>
    </>
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
