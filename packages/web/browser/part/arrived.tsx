import type { ChangeAnswer } from '@stance/client';

import { useNamed } from '../data/named.ts';
import { text } from '../text/index.ts';
import { countInWords } from '../text/weights.ts';
import { ChangeLine } from './change-line.tsx';

/** So many are shown: more than that came in at once, and are better looked for. */
const mostShown = 10;

/** Changes that came in while the page was open, but are dated before those of the list that they stand above. */
export const Arrived = ({ changes }: { readonly changes: readonly ChangeAnswer[] }) => {
  const shown = changes.slice(-mostShown).toReversed();
  const holders = useNamed('actor', [...new Set(shown.map(({ holder }) => holder))], undefined);
  const propositions = useNamed('proposition', [...new Set(shown.map(({ proposition }) => proposition))], undefined);
  const named = (change: ChangeAnswer) => ({
    ...change,
    holderName: holders.find(({ id }) => id === change.holder)?.name ?? change.holder,
    propositionText: propositions.find(({ id }) => id === change.proposition)?.name ?? change.proposition,
  });
  if (shown.length === 0) return null;
  return (
    <section class="arrived">
      <h2>{text.overview.earlier.title}</h2>
      <ol class="changes">
        {shown.map((change) => (
          <ChangeLine key={change.id} change={named(change)} horizon={{}} isNew />
        ))}
      </ol>
      {changes.length > shown.length ? (
        <p class="aside">{text.overview.earlier.more(countInWords(changes.length - shown.length))}</p>
      ) : null}
    </section>
  );
};
