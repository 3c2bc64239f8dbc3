import type { ComponentChildren } from 'preact';

import { useExtent } from '../../address/extent.ts';
import type { Extents } from '../../address/place.ts';
import { text } from '../../text/index.ts';
import { countInWords } from '../../text/weights.ts';
import { More } from '../more.tsx';

/** The last of many, and the button by which those before them come too; `null`: there are none. */
export const useLatest = <Item,>(
  name: keyof Extents,
  items: readonly Item[],
  most: number,
): readonly [shown: readonly Item[], earlier: ComponentChildren] => {
  const step = 5 * most;
  const extent = useExtent(name, most, step);
  const hidden = Math.max(0, items.length - extent.shown);
  return [
    items.slice(hidden),
    hidden === 0 ? null : <More extent={extent}>{text.history.earlier(countInWords(Math.min(hidden, step)))}</More>,
  ];
};
