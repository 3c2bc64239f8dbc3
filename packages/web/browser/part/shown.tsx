import type { ComponentChildren } from 'preact';

import type { Loaded } from '../data/loaded.ts';
import { text } from '../text/index.ts';
import { Failure } from './failure.tsx';

export interface ShownProps<Value> {
  readonly loaded: Loaded<Value>;
  readonly children: (value: Value) => ComponentChildren;
}

/** What was asked for, as far as it is there: what went wrong stands above what is known from before. */
export const Shown = <Value,>({ loaded, children }: ShownProps<Value>) => (
  <>
    {loaded.state === 'failed' ? (
      <Failure error={loaded.error} again={loaded.again} isStale={loaded.value !== null} />
    ) : null}
    {loaded.value === null ? null : children(loaded.value)}
    {loaded.state === 'loading' && loaded.value === null ? (
      <p class="loading" role="status">
        {text.loading}
      </p>
    ) : null}
  </>
);
