import type { ComponentChildren } from 'preact';

import { needsToken } from '../../data/client-errors.ts';
import { useNow } from '../../data/watched.ts';
import type { Watched } from '../../data/watched.ts';
import { timeInWords } from '../../text/dates.ts';
import { text } from '../../text/index.ts';

/** What was not read for so long is stale, in milliseconds: more than one beat was missed. */
const stale = 6000;

/** When it was read, and whether that is long ago. */
const ReadAt = ({ readAt, hasFailed }: { readonly readAt: Date; readonly hasFailed: boolean }) => {
  const now = useNow();
  const isStale = now.getTime() - readAt.getTime() > stale;
  const time = timeInWords(readAt);
  return isStale ? (
    <p class="attention" role="status">
      {text.operations.stale(time)}
    </p>
  ) : (
    // Not said aloud: it would be every two seconds.
    <p class="aside">{hasFailed ? text.operations.stale(time) : text.operations.read(time)}</p>
  );
};

export interface WatchedShownProps<Value> {
  readonly watched: Watched<Value>;
  /** What a token has to allow for it. */
  readonly scope: string;
  readonly children: (value: Value) => ComponentChildren;
}

/** What is watched, when it was read, and why it is not where it is not. */
export const WatchedShown = <Value,>({ watched, scope, children }: WatchedShownProps<Value>) => {
  const { value, readAt, error } = watched;
  return (
    <>
      {error === null ? null : (
        <p class="attention" role="status">
          {needsToken(error)
            ? `${text.operations.scope(scope)} ${error.message}`
            : text.operations.failed(error.message)}
        </p>
      )}
      {value === null ? error === null ? <p class="loading">{text.operations.reading}</p> : null : children(value)}
      {readAt === null ? null : <ReadAt readAt={readAt} hasFailed={error !== null} />}
    </>
  );
};
