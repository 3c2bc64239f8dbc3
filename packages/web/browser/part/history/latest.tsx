import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { text } from '../../text/index.ts';
import { countInWords } from '../../text/weights.ts';

/** The last of many, and the button by which those before them come too; `null`: there are none. */
export const useLatest = <Item,>(
  items: readonly Item[],
  most: number,
): readonly [shown: readonly Item[], earlier: ComponentChildren] => {
  const [wanted, setWanted] = useState(most);
  const hidden = Math.max(0, items.length - wanted);
  return [
    items.slice(hidden),
    hidden === 0 ? null : (
      <button type="button" onClick={() => setWanted((before) => before + 5 * most)}>
        {text.history.earlier(countInWords(Math.min(hidden, 5 * most)))}
      </button>
    ),
  ];
};
