import { useEffect, useState } from 'preact/hooks';

import { horizonKey, horizonOf } from '../address/place.ts';
import type { Place } from '../address/place.ts';
import { useTitle } from '../address/use-title.ts';
import type { Band } from '../data/bands.ts';
import { lastDayOf, today } from '../data/days.ts';
import { loadBands } from '../data/holder-bands.ts';
import { useLoaded } from '../data/loaded.ts';
import { isRefused } from '../data/client-errors.ts';
import { service } from '../data/service.ts';
import { useTurn } from '../data/use-turn.ts';
import { BandList } from '../part/band-list.tsx';
import { Shown } from '../part/shown.tsx';
import { text } from '../text/index.ts';

const nameOf = ({ propositionText }: Band): string => propositionText;

/** Who somebody is, and where they stand on everything, over time. */
export const Actor = ({ place }: { readonly place: Place & { readonly view: 'actor' } }) => {
  const { actor } = place;
  const horizon = horizonOf(place);
  const key = `${actor} ${horizonKey(horizon)}`;
  /** One that was merged answers as another one, whose changes they are. */
  const [answersAs, setAnswersAs] = useState(actor);
  const turn = useTurn(horizon, ({ holder }) => holder === answersAs);
  const who = useLoaded(key, (signal) => service.actors.get(actor, horizon, { signal }), turn);
  useEffect(() => setAnswersAs(who.value?.id ?? actor), [who.value]);
  useTitle(who.value?.name ?? actor);
  const bands = useLoaded<readonly Band[]>(
    key,
    (signal, tell) => loadBands({ holder: actor }, horizon, signal, tell),
    turn,
  );
  return (
    <>
      <Shown loaded={who}>
        {({ name, kind, aliases, description, mergedInto }) => (
          <header>
            <h1>{text.actor.title(name)}</h1>
            {kind === undefined ? null : <p class="aside">{text.actor.kind[kind]}</p>}
            {mergedInto === undefined ? null : <p>{text.actor.merged(actor)}</p>}
            {description === undefined ? null : <p>{description}</p>}
            {aliases.length === 0 ? null : (
              <p class="aside">
                {text.actor.aliases}: {aliases.map((alias) => alias.name).join(', ')}
              </p>
            )}
          </header>
        )}
      </Shown>
      {who.state === 'failed' && isRefused(who.error) ? null : (
        <section>
          <h2>{text.actor.bands}</h2>
          <Shown loaded={bands}>
            {(list) =>
              list.length === 0 ? (
                <p>{text.actor.none}</p>
              ) : (
                <BandList
                  place={place}
                  bands={list}
                  nameOf={nameOf}
                  until={lastDayOf(place.at) ?? today()}
                  file={actor}
                />
              )
            }
          </Shown>
        </section>
      )}
    </>
  );
};
