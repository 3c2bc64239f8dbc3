import type { ExplanationAnswer } from '@stance/client';

import { stanceInWords } from '../../chart/band-words.ts';
import type { Day } from '../../data/days.ts';
import type { MethodNumbers } from '../../data/method.ts';
import { text } from '../../text/index.ts';
import { hadBegun } from './begun.ts';
import { Changes } from './changes.tsx';
import { basisWhy } from './why.ts';

const words = text.history;

export interface ConditionalProps {
  readonly conditional: ExplanationAnswer['conditional'];
  /** What began later is left out. */
  readonly until: Day;
  readonly method: MethodNumbers;
}

/** What was said to depend on something, each condition by itself. */
export const Conditional = ({ conditional, until, method }: ConditionalProps) => {
  const begun = conditional
    .map(({ changes, ...under }) => ({ ...under, changes: changes.filter(({ change }) => hadBegun(change.at, until)) }))
    .filter(({ changes, stance }) => changes.length > 0 || stance.direction !== null);
  return begun.length === 0 ? null : (
    <section>
      <h2>{words.conditional.title}</h2>
      <p>{words.conditional.text}</p>
      {begun.map(({ condition, stance, changes }) => (
        <section key={condition} class="dispute">
          <h3>
            {words.conditional.only}: <span dir="auto">{condition}</span>
          </h3>
          <p>
            {stance.direction === null
              ? text.status[stance.status]
              : words.conditional.stance(
                  stanceInWords({ direction: stance.direction, strength: stance.strength }),
                  text.status[stance.status],
                )}
            . {basisWhy(stance, changes, method)}
          </p>
          <Changes changes={changes} method={method} />
        </section>
      ))}
    </section>
  );
};
