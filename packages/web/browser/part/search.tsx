import { useEffect, useState } from 'preact/hooks';

import { go, place } from '../address/current.ts';
import { addressOf, horizonOf } from '../address/place.ts';
import { service } from '../data/service.ts';
import { useLoaded } from '../data/loaded.ts';
import { foundAsCsv, foundAsNdjson } from '../download/found-data.ts';
import { text } from '../text/index.ts';
import { DownloadMenu } from './download-menu.tsx';
import { Shown } from './shown.tsx';

/** How long somebody has to pause at typing before it is looked for, in milliseconds. */
const typing = 150;
const mostFound = 20;

/** The field in which is searched; the words stand in the address. */
export const SearchField = () => {
  const { value: here } = place;
  const given = here.view === 'overview' ? (here.q ?? '') : '';
  const [words, setWords] = useState(given);
  useEffect(() => {
    // Who goes elsewhere leaves them behind.
    setWords((typed) => (typed.trim() === given ? typed : given));
  }, [here]);
  useEffect(() => {
    const wanted = words.trim();
    if (wanted === given) return undefined;
    const timer = setTimeout(() => {
      const horizon = horizonOf(place.peek());
      const isSearching = place.peek().view === 'overview';
      go({ view: 'overview', ...(wanted === '' ? {} : { q: wanted }), ...horizon }, { replace: isSearching });
    }, typing);
    return () => clearTimeout(timer);
  }, [words, here]);
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <label>
        <span class="visually-hidden">{text.search.label}</span>
        <input
          type="search"
          placeholder={text.search.placeholder}
          value={words}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
        />
      </label>
    </form>
  );
};

/** Whom and what the words name, by any of their names. */
export const Found = ({ words }: { readonly words: string }) => {
  const horizon = horizonOf(place.value);
  const known = horizon.knownAt === undefined ? {} : { knownAt: horizon.knownAt };
  const ask = async (signal: AbortSignal) => {
    const query = { q: words, limit: mostFound, ...known };
    const [actors, propositions] = await Promise.all([
      service.actors.list(query, { signal }).page(),
      service.propositions.list(query, { signal }).page(),
    ]);
    return { actors: actors.items, propositions: propositions.items };
  };
  // What was found stays until more was typed, and that is found.
  const loaded = useLoaded(horizon.knownAt ?? '', ask, words);
  return (
    <Shown loaded={loaded}>
      {({ actors, propositions }) =>
        actors.length + propositions.length === 0 ? (
          <p role="status">{text.search.none(words)}</p>
        ) : (
          <div class="found">
            <div class="tools">
              <DownloadMenu
                file="found"
                csv={() => foundAsCsv({ actors, propositions })}
                ndjson={() => foundAsNdjson({ actors, propositions })}
              />
            </div>
            {actors.length === 0 ? null : (
              <section>
                <h2>{text.search.actors}</h2>
                <ul>
                  {actors.map(({ id, name, aliases }) => (
                    <li key={id}>
                      <a href={addressOf({ view: 'actor', actor: id, ...horizon })}>{name}</a>
                      {aliases.length === 0 ? null : (
                        <span class="aside"> {text.search.also(aliases.map((alias) => alias.name).join(', '))}</span>
                      )}
                    </li>
                  ))}
                </ul>
              </section>
            )}
            {propositions.length === 0 ? null : (
              <section>
                <h2>{text.search.propositions}</h2>
                <ul>
                  {propositions.map(({ id, text: sentence }) => (
                    <li key={id}>
                      <a href={addressOf({ view: 'proposition', proposition: id, ...horizon })}>{sentence}</a>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </div>
        )
      }
    </Shown>
  );
};
