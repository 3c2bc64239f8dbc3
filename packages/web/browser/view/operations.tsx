import type { Place } from '../address/place.ts';
import { useTitle } from '../address/use-title.ts';
import { liveConnection } from '../data/live.ts';
import { useWatched } from '../data/watched.ts';
import { asNdjson } from '../download/csv.ts';
import { parkedAsCsv, projectionsAsCsv, versionsAsCsv } from '../download/operations-data.ts';
import { Command } from '../part/operations/command.tsx';
import { DownloadMenu } from '../part/download-menu.tsx';
import { ParkedStreams } from '../part/operations/parked-streams.tsx';
import { ProjectionState } from '../part/operations/projection-state.tsx';
import { ReadModelVersions } from '../part/operations/read-model-versions.tsx';
import { WatchedShown } from '../part/operations/watched-shown.tsx';
import { connectionInWords } from '../text/connection.ts';
import { text } from '../text/index.ts';

const words = text.operations;

/** How far the service has come, and what waits. */
export const Operations = ({ place }: { readonly place: Place & { readonly view: 'operations' } }) => {
  useTitle(text.pages.operations);
  const projections = useWatched((service, signal) => service.service.projections({ signal }));
  const parked = useWatched((service, signal) => service.parked.list({}, { signal }).page());
  const versions = useWatched((service, signal) => service.versions.list({ signal }));
  const isPast = place.at !== undefined || place.knownAt !== undefined;
  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.intro}</p>
      {isPast ? <p class="notice">{words.present}</p> : null}
      <WatchedShown watched={projections} scope="read">
        {({ items }) =>
          items.length === 0 ? (
            <p>{words.projection.none}</p>
          ) : (
            <>
              <div class="tools">
                <DownloadMenu file="projections" csv={() => projectionsAsCsv(items)} ndjson={() => asNdjson(items)} />
              </div>
              {items.map((projection) => (
                <ProjectionState key={projection.name} projection={projection} />
              ))}
            </>
          )
        }
      </WatchedShown>
      <section>
        <h2>{words.live.title}</h2>
        <p>{connectionInWords(liveConnection.value, words.live)}</p>
        <Command words={['watch']} />
      </section>
      <section>
        <h2>{words.parked.title}</h2>
        <WatchedShown watched={parked} scope="operate">
          {(list) => (
            <>
              {list.items.length === 0 ? null : (
                <div class="tools">
                  <DownloadMenu file="parked" csv={() => parkedAsCsv(list.items)} ndjson={() => asNdjson(list.items)} />
                </div>
              )}
              <ParkedStreams list={list} />
            </>
          )}
        </WatchedShown>
      </section>
      <section>
        <h2>{words.versions.title}</h2>
        <WatchedShown watched={versions} scope="operate">
          {({ items }) => (
            <>
              <div class="tools">
                <DownloadMenu file="versions" csv={() => versionsAsCsv(items)} ndjson={() => asNdjson(items)} />
              </div>
              <ReadModelVersions versions={items} />
            </>
          )}
        </WatchedShown>
        <Command words={['versions', 'list']} />
      </section>
    </>
  );
};
