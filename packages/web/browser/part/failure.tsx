import type { ClientError } from '@stance/client';
import { useState } from 'preact/hooks';

import { setToken, token } from '../data/token.ts';
import { text } from '../text/index.ts';

const TokenForm = ({ wasGiven }: { readonly wasGiven: boolean }) => {
  const [given, setGiven] = useState('');
  return (
    <form
      class="notice"
      onSubmit={(event) => {
        event.preventDefault();
        if (given !== '') setToken(given);
      }}
    >
      <h2>{text.token.title}</h2>
      <p role={wasGiven ? 'alert' : undefined}>{wasGiven ? text.token.refused : text.token.text}</p>
      <label>
        {text.token.label}
        <input
          type="password"
          autocomplete="off"
          value={given}
          onInput={({ currentTarget }) => setGiven(currentTarget.value)}
        />
      </label>
      <button type="submit">{text.token.give}</button>
    </form>
  );
};

export interface FailureProps {
  readonly error: ClientError;
  readonly again: () => void;
  /** Something from before is shown beside it. */
  readonly isStale?: boolean;
}

const needsToken = new Set(['unauthorized', 'forbidden']);

/** What went wrong, in the service's own words, and what can be done. */
export const Failure = ({ error, again, isStale = false }: FailureProps) => {
  if (needsToken.has(error.code)) return <TokenForm wasGiven={token.value !== null} />;
  if (error.code === 'unknown-actor' || error.code === 'unknown-proposition')
    return (
      <div class="notice" role="alert">
        <h2>{error.code === 'unknown-actor' ? text.unknown.actor : text.unknown.proposition}</h2>
        <p>{error.message}</p>
      </div>
    );
  return (
    <div class="notice" role="alert">
      <h2>{text.failed}</h2>
      <p>
        {error.message} {isStale ? text.stillShown : ''}
      </p>
      <button type="button" onClick={again}>
        {text.again}
      </button>
    </div>
  );
};
