import { useEffect } from 'preact/hooks';

import { text } from '../text/index.ts';

/** Names the tab, and so the step in the history of the browser, after what is shown, once that is known. */
export const useTitle = (shown: string | null): void => {
  useEffect(() => {
    document.title = shown === null ? text.title : `${shown} · ${text.title}`;
  }, [shown]);
};
