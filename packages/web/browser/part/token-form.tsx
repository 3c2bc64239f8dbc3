import { useState } from 'preact/hooks';

import { setToken, tokenWish } from '../data/token.ts';
import { text } from '../text/index.ts';

/** Asks for a token where the service wants one, or another one. */
export const TokenForm = () => {
  const { value: wish } = tokenWish;
  const [given, setGiven] = useState('');
  if (wish === null) return null;
  return (
    <form
      class="notice"
      onSubmit={(event) => {
        event.preventDefault();
        if (given !== '') setToken(given);
      }}
    >
      <h2>{text.token.title}</h2>
      <p role={wish === 'refused' ? 'alert' : undefined}>{wish === 'refused' ? text.token.refused : text.token.text}</p>
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
