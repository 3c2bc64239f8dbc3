import type { ComponentChildren } from 'preact';

import { horizonOf } from '../address/place.ts';
import { useTitle } from '../address/use-title.ts';
import type { Horizon, Place } from '../address/place.ts';
import { useAtMostEvery } from '../data/at-most-every.ts';
import { loadComparison } from '../data/comparison.ts';
import { lackOf, mostHolders, mostStances } from '../data/comparison-lack.ts';
import type { Compared } from '../data/comparison-lack.ts';
import { useLoaded } from '../data/loaded.ts';
import { useTurn } from '../data/use-turn.ts';
import { CompareChoice } from '../part/compare/compare-choice.tsx';
import { ComparisonShown } from '../part/compare/comparison-shown.tsx';
import { Shown } from '../part/shown.tsx';
import { text } from '../text/index.ts';

/** A comparison is much to ask for: while changes come in, it is made anew so often at most, in milliseconds. */
const calm = 2000;

const Notice = ({ title, children }: { readonly title: string; readonly children: ComponentChildren }) => (
  <div class="notice" role="status">
    <h2>{title}</h2>
    {children}
  </div>
);

interface ResultProps {
  readonly compared: Compared;
  readonly horizon: Horizon;
}

const Result = ({ compared, horizon }: ResultProps) => {
  const { holders, proposition } = compared;
  const latest = useTurn(
    horizon,
    (change) =>
      (holders.length === 0 || holders.includes(change.holder)) &&
      (proposition === undefined || proposition === change.proposition),
  );
  const turn = useAtMostEvery(latest, calm);
  const key = JSON.stringify([compared, horizon]);
  const loaded = useLoaded(key, (signal) => loadComparison(compared, horizon, signal), turn);
  const { tooLarge } = text.compare;
  if (loaded.state === 'failed' && loaded.error.code === 'comparison-too-large')
    return (
      <Notice title={tooLarge.title}>
        <p>{loaded.error.message}</p>
        <p>{tooLarge.help}</p>
      </Notice>
    );
  return (
    <div aria-busy={loaded.state === 'loading'}>
      <Shown loaded={loaded}>
        {(comparison) =>
          comparison.state === 'too-large' ? (
            <Notice title={tooLarge.title}>
              <p>{tooLarge.stances(holders.length, comparison.propositions, mostStances)}</p>
            </Notice>
          ) : (
            <ComparisonShown
              answer={comparison.answer}
              topicName={comparison.topicName}
              horizon={horizon}
              subject={compared.topic ?? proposition ?? ''}
            />
          )
        }
      </Shown>
    </div>
  );
};

/** How far some holders agree on a topic or a proposition, where they stand, and who moved with whom. */
export const Compare = ({ place }: { readonly place: Place & { readonly view: 'compare' } }) => {
  useTitle(text.pages.compare);
  const { topic, proposition } = place;
  const holders = [...new Set(place.holders)];
  const compared: Compared = {
    holders,
    ...(topic === undefined ? {} : { topic }),
    ...(proposition === undefined ? {} : { proposition }),
  };
  const lack = lackOf(compared);
  return (
    <>
      <h1>{text.compare.title}</h1>
      <p>{text.compare.intro}</p>
      <CompareChoice place={{ ...place, holders }} />
      {lack === null ? (
        <Result compared={compared} horizon={horizonOf(place)} />
      ) : lack === 'many' ? (
        <Notice title={text.compare.tooLarge.title}>
          <p>{text.compare.tooLarge.holders(holders.length, mostHolders)}</p>
        </Notice>
      ) : (
        <Notice title={text.compare.need.title}>
          <p>{text.compare.need[lack]}</p>
        </Notice>
      )}
    </>
  );
};
