import { horizonKey, horizonOf } from '../address/place.ts';
import type { Place } from '../address/place.ts';
import { useTitle } from '../address/use-title.ts';
import type { Band } from '../data/bands.ts';
import { lastDayOf, today } from '../data/days.ts';
import { loadBands } from '../data/holder-bands.ts';
import { useLoaded } from '../data/loaded.ts';
import { isRefused } from '../data/client-errors.ts';
import { service } from '../data/service.ts';
import { useNamed } from '../data/named.ts';
import { useTurn } from '../data/use-turn.ts';
import { BandList } from '../part/band-list.tsx';
import { Shown } from '../part/shown.tsx';
import { MovedTogether } from '../part/moved-together.tsx';
import { text } from '../text/index.ts';

const nameOf = ({ holderName }: Band): string => holderName;

/** A sentence, who holds what on it over time, and who moved with whom. */
export const Proposition = ({ place }: { readonly place: Place & { readonly view: 'proposition' } }) => {
  const { proposition } = place;
  const horizon = horizonOf(place);
  const turn = useTurn(horizon, (change) => change.proposition === proposition);
  const key = `${proposition} ${horizonKey(horizon)}`;
  const known = place.knownAt === undefined ? {} : { knownAt: place.knownAt };
  const what = useLoaded(key, (signal) => service.propositions.get(proposition, known, { signal }), turn);
  useTitle(what.value?.text ?? proposition);
  const topics = useNamed('topic', what.value?.topics ?? [], place.knownAt);
  const bands = useLoaded<readonly Band[]>(
    key,
    (signal, tell) => loadBands({ proposition }, horizon, signal, tell),
    turn,
  );
  return (
    <>
      <Shown loaded={what}>
        {({ text: sentence }) => (
          <header>
            <h1>{sentence}</h1>
            {topics.length === 0 ? null : (
              <p class="aside">
                {text.proposition.topics}: {topics.map(({ id, name }) => name ?? id).join(', ')}
              </p>
            )}
          </header>
        )}
      </Shown>
      {what.state === 'failed' && isRefused(what.error) ? null : (
        <>
          <section>
            <h2>{text.proposition.bands}</h2>
            <Shown loaded={bands}>
              {(list) =>
                list.length === 0 ? (
                  <p>{text.proposition.none}</p>
                ) : (
                  <BandList
                    place={place}
                    bands={list}
                    nameOf={nameOf}
                    until={lastDayOf(place.at) ?? today()}
                    file={proposition}
                  />
                )
              }
            </Shown>
          </section>
          {bands.value === null || bands.value.length < 2 ? null : (
            <MovedTogether proposition={proposition} place={place} />
          )}
        </>
      )}
    </>
  );
};
