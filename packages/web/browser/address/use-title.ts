import { useEffect } from 'preact/hooks';

import { text } from '../text/index.ts';

/** Names the tab, and so the step in the history of the browser, after what is shown. */
export const nameTab = (shown: string): void => {
  document.title = `${shown} · ${text.title}`;
};

/** The same for as long as it is shown. */
export const useTitle = (shown: string): void => {
  useEffect(() => nameTab(shown), [shown]);
};
