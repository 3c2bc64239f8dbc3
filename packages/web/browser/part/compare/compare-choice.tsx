import { useEffect, useRef } from 'preact/hooks';

import { go } from '../../address/current.ts';
import { fromTheTop } from '../../address/place.ts';
import type { Place } from '../../address/place.ts';
import { useNamed } from '../../data/named.ts';
import { text } from '../../text/index.ts';
import { Choose, Chosen } from '../choose.tsx';
import { ChooseOne } from '../choose-one.tsx';

type ComparePlace = Place & { readonly view: 'compare' };

/** A topic stands in place of a proposition, and the other way round. */
const about = (place: ComparePlace, name: 'topic' | 'proposition', id: string | undefined): ComparePlace => {
  const other = name === 'topic' ? 'proposition' : 'topic';
  const { [name]: _gone, [other]: kept, ...rest } = fromTheTop(place);
  if (id !== undefined) return { ...rest, [name]: id };
  return kept === undefined ? rest : { ...rest, [other]: kept };
};

/** Who is compared, and on what. */
export const CompareChoice = ({ place }: { readonly place: ComparePlace }) => {
  const { holders, topic, proposition, knownAt } = place;
  const named = useNamed('actor', holders, knownAt);
  const field = useRef<HTMLDivElement>(null);
  const hasRemoved = useRef(false);
  useEffect(() => {
    // The button that had the focus is gone with the holder.
    if (hasRemoved.current) field.current?.querySelector('input')?.focus();
    hasRemoved.current = false;
  }, [holders.length]);
  return (
    <>
      <form class="filter" onSubmit={(event) => event.preventDefault()}>
        <div ref={field}>
          <Choose
            label={text.compare.holders}
            kind="actor"
            knownAt={knownAt}
            take={(id) => {
              if (!holders.includes(id)) go({ ...fromTheTop(place), holders: [...holders, id] });
            }}
          />
        </div>
        <ChooseOne
          label={text.compare.topic}
          kind="topic"
          id={topic}
          knownAt={knownAt}
          choose={(id) => go(about(place, 'topic', id))}
        />
        <ChooseOne
          label={text.compare.proposition}
          kind="proposition"
          id={proposition}
          knownAt={knownAt}
          choose={(id) => go(about(place, 'proposition', id))}
        />
      </form>
      {named.length === 0 ? null : (
        <ul class="picked-list" aria-label={text.compare.chosen}>
          {named.map((one) => (
            <li key={one.id}>
              <Chosen
                named={one}
                remove={() => {
                  hasRemoved.current = true;
                  go({ ...fromTheTop(place), holders: holders.filter((id) => id !== one.id) });
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
