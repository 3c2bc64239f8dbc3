import type { ExplanationAnswer } from '@stance/client';

import { stanceInWords } from '../../chart/band-words.ts';
import { text } from '../../text/index.ts';
import { Changes } from './changes.tsx';

const words = text.history;

export interface ConditionalProps {
  readonly conditional: ExplanationAnswer['conditional'];
}

/** What was said to depend on something, each condition by itself. */
export const Conditional = ({ conditional }: ConditionalProps) =>
  conditional.length === 0 ? null : (
    <section>
      <h2>{words.conditional.title}</h2>
      <p>{words.conditional.text}</p>
      {conditional.map(({ condition, stance, changes }) => (
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
            . {words.statement.why(stance.why)}
          </p>
          <Changes changes={changes} />
        </section>
      ))}
    </section>
  );
