import { createHash } from 'node:crypto';

/** An entity tag of a text: two texts with one tag are the same. */
export const strongEtag = (text: string): string =>
  `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;

/** An entity tag of what an answer depends on (a position, a revision): same parts, same meaning. */
export const weakEtag = (...parts: readonly (string | number)[]): string => `W/${strongEtag(JSON.stringify(parts))}`;

const opaque = (tag: string): string => (tag.startsWith('W/') ? tag.slice(2) : tag);

/** Whether an `If-None-Match` header names this tag; weak comparison, as RFC 9110 wants it for that header. */
export const matchesEtag = (ifNoneMatch: string | undefined, etag: string): boolean => {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((tag) => opaque(tag.trim()) === opaque(etag));
};
