import type { ClientError } from '@stance/client';

import { isRefused, needsToken } from '../data/client-errors.ts';
import { text } from '../text/index.ts';

export interface FailureProps {
  readonly error: ClientError;
  readonly again: () => void;
  /** Something from before is shown beside it. */
  readonly isStale?: boolean;
}

/** What went wrong, in the service's own words, and what can be done. */
export const Failure = ({ error, again, isStale = false }: FailureProps) => {
  // The page asks for it, once for all its parts.
  if (needsToken(error)) return null;
  if (error.code === 'unknown-actor' || error.code === 'unknown-proposition')
    return (
      <div class="notice" role="alert">
        <h2>{error.code === 'unknown-actor' ? text.unknown.actor : text.unknown.proposition}</h2>
        <p>{error.message}</p>
      </div>
    );
  if (error.code === 'known-at-in-future')
    return (
      <div class="notice" role="alert">
        <h2>{text.early.title}</h2>
        <p>{text.early.help}</p>
        <p>{error.message}</p>
      </div>
    );
  return (
    <div class="notice" role="alert">
      <h2>{text.failed}</h2>
      <p>
        {error.message} {isStale ? text.stillShown : ''}
      </p>
      {isRefused(error) ? null : (
        <button type="button" onClick={again}>
          {text.again}
        </button>
      )}
    </div>
  );
};
