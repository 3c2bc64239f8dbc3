import { addressOf, horizonKey, horizonOf } from '../address/place.ts';
import type { Place } from '../address/place.ts';
import { useLoaded } from '../data/loaded.ts';
import { service } from '../data/service.ts';
import { useTurn } from '../data/use-turn.ts';
import { text } from '../text/index.ts';
import { JointMoves } from './compare/joint-moves.tsx';
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
      <h2>{text.compare.together.title}</h2>
      {loaded.state === 'failed' && loaded.error.code === 'comparison-too-large' ? (
        <p>
          {loaded.error.message}{' '}
          <a href={addressOf({ view: 'compare', holders: [], proposition, ...horizon })}>
            {text.compare.tooLarge.choose}
          </a>
        </p>
      ) : (
        <Shown loaded={loaded}>
          {(answer) => <JointMoves answer={answer} horizon={horizon} file={`moves-${proposition}`} />}
        </Shown>
      )}
    </section>
  );
};
