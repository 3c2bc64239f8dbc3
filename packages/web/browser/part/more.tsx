import type { ComponentChildren } from 'preact';

import { mostShown } from '../address/extent.ts';
import type { Extent } from '../address/extent.ts';
import { text } from '../text/index.ts';
import { countInWords } from '../text/weights.ts';

export interface MoreProps {
  readonly extent: Extent;
  /** What the button says. */
  readonly children: ComponentChildren;
}

/** The button that shows more of a list, as far as that goes. */
export const More = ({ extent: { isLargest, more }, children }: MoreProps) =>
  isLargest ? (
    <p class="aside">{text.mostShown(countInWords(mostShown))}</p>
  ) : (
    <button type="button" onClick={more}>
      {children}
    </button>
  );
