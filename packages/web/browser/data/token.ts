import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

const key = 'stance-token';

const stored = signal<string | null>(sessionStorage.getItem(key));

/** The token that the reader has given; for as long as the tab is open. */
export const token: ReadonlySignal<string | null> = stored;

/** Whether the reader is asked for a token, because there is none or because the service refused what they gave. */
export type TokenWish = 'wanted' | 'refused' | null;

const wish = signal<TokenWish>(null);

export const tokenWish: ReadonlySignal<TokenWish> = wish;

/** For who was told that they may not. */
export const wishForToken = (): void => {
  wish.value = stored.peek() === null ? 'wanted' : 'refused';
};

export const setToken = (given: string): void => {
  // The same would be refused again.
  if (given === stored.peek()) return;
  sessionStorage.setItem(key, given);
  wish.value = null;
  stored.value = given;
};

/** What tells the tabs that have the same token from others, and not the token. */
export const tokenDigest = async (): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(stored.peek() ?? ''));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
};
