import { addressOf, horizonKey, horizonOf } from '../address/place.ts';
import type { Place } from '../address/place.ts';
import { useLoaded } from '../data/loaded.ts';
import { service } from '../data/service.ts';
import { useTurn } from '../data/use-turn.ts';
import { dateInWords } from '../text/dates.ts';
import { text } from '../text/index.ts';
import { Shown } from './shown.tsx';

/** Holders who went the same way on one proposition. */
export const MovedTogether = ({ proposition, place }: { readonly proposition: string; readonly place: Place }) => {
  const horizon = horizonOf(place);
  const turn = useTurn(horizon, (change) => change.proposition === proposition);
  const loaded = useLoaded(
    `${proposition} ${horizonKey(horizon)}`,
    (signal) => service.stances.compare({ proposition, ...horizon }, { signal }),
    turn,
  );
  return (
    <section>
      <h2>{text.proposition.together}</h2>
      <Shown loaded={loaded}>
        {({ movedTogether, holders }) => {
          const names = new Map(holders.map(({ id, name }) => [id, name ?? id]));
          return movedTogether.length === 0 ? (
            <p>{text.proposition.nobody}</p>
          ) : (
            <ul class="together">
              {movedTogether.map(({ to, holders: moved }) => (
                <li key={`${to} ${moved.map(({ holder }) => holder).join(' ')}`}>
                  <span class={`chip chip-${to}`}>{text.direction[to]}</span>{' '}
                  {moved.map(({ holder, days }, index) => (
                    <span key={holder}>
                      {index === 0 ? '' : ', '}
                      <a href={addressOf({ view: 'history', holder, proposition, ...horizon })}>
                        {names.get(holder) ?? holder}
                      </a>{' '}
                      <span class="aside">({days.map(dateInWords).join(', ')})</span>
                    </span>
                  ))}
                </li>
              ))}
            </ul>
          );
        }}
      </Shown>
    </section>
  );
};
