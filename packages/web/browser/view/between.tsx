import { useEffect, useState } from 'preact/hooks';

import { go } from '../address/current.ts';
import type { Place } from '../address/place.ts';
import { useTitle } from '../address/use-title.ts';
import { differencesOf, unknownUntil } from '../data/change-difference.ts';
import type { KnownChanges } from '../data/change-difference.ts';
import { isoOf, today } from '../data/days.ts';
import { knownChanges, mostOf } from '../data/known-changes.ts';
import type { Filter } from '../data/known-changes.ts';
import { useLoaded } from '../data/loaded.ts';
import { useTurn } from '../data/use-turn.ts';
import { BetweenFilter } from '../part/between/between-filter.tsx';
import { DifferenceList } from '../part/between/difference-list.tsx';
import { isBefore } from '../part/between/known-words.ts';
import { Shown } from '../part/shown.tsx';
import { text } from '../text/index.ts';

/** So many days before today the first date lies where none is given. */
const aWhile = 30;

const nothing: KnownChanges = { changes: [], isCut: false };

interface Bounds {
  readonly from: string;
  readonly to: string | undefined;
  readonly at: string | undefined;
}

interface ComparedProps extends Bounds {
  readonly filter: Filter;
}

/** Both sets are read once, and not again by themselves: there may be thousands in them. */
const Compared = ({ from, to, at, filter }: ComparedProps) => {
  const { holder, proposition } = filter;
  const latest = useTurn(
    to === undefined ? {} : { knownAt: to },
    (change) =>
      (holder === undefined || holder === change.holder) &&
      (proposition === undefined || proposition === change.proposition),
  );
  const [turn, setTurn] = useState(latest);
  const key = JSON.stringify([from, to, filter]);
  const ask = async (signal: AbortSignal) => {
    const [before, now] = await Promise.all([knownChanges(filter, from, signal), knownChanges(filter, to, signal)]);
    const sets = [before ?? nothing, now ?? nothing] as const;
    return {
      isUnknown: before === null && now === null,
      differences: differencesOf(...sets),
      until: unknownUntil(...sets),
      most: mostOf(filter),
      from,
      to,
    };
  };
  const loaded = useLoaded(key, ask, turn);
  return (
    <div aria-busy={loaded.state === 'loading'}>
      {to === undefined && latest !== turn ? (
        <p class="notice" role="status">
          {text.between.changed}{' '}
          <button type="button" onClick={() => setTurn(latest)}>
            {text.between.readAgain}
          </button>
        </p>
      ) : null}
      <Shown loaded={loaded}>
        {({ isUnknown, ...difference }) =>
          isUnknown ? (
            <p class="notice" role="alert">
              {text.between.unknown}
            </p>
          ) : (
            <DifferenceList {...difference} at={at} />
          )
        }
      </Shown>
    </div>
  );
};

/** How what was known on one date differs from what was known on another one. */
export const Between = ({ place }: { readonly place: Place & { readonly view: 'between' } }) => {
  useTitle(text.pages.between);
  const { holder, proposition, at } = place;
  const from = place.from ?? isoOf(today() - aWhile);
  const to = place.to ?? place.knownAt;
  useEffect(() => {
    // A link to what is seen has to lead to the same tomorrow.
    if (place.from === undefined) go({ ...place, from }, { replace: true });
  }, [place.from]);
  const filter: Filter = {
    ...(holder === undefined ? {} : { holder }),
    ...(proposition === undefined ? {} : { proposition }),
    ...(at === undefined ? {} : { to: at }),
  };
  return (
    <>
      <h1>{text.between.title}</h1>
      <p>{text.between.intro}</p>
      <BetweenFilter place={place} from={from} to={to} />
      {isBefore(from, to) ? (
        <Compared key={to ?? ''} from={from} to={to} at={at} filter={filter} />
      ) : (
        <p class="notice" role="alert">
          {text.between.order}
        </p>
      )}
    </>
  );
};
