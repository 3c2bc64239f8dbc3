import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

const key = 'stance-token';

const stored = signal<string | null>(sessionStorage.getItem(key));

/** The token that the reader has given; for as long as the tab is open. */
export const token: ReadonlySignal<string | null> = stored;

export const setToken = (given: string | null): void => {
  if (given === null) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, given);
  stored.value = given;
};
