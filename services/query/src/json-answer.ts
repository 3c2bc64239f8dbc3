import { strongEtag } from '@stance/http';
import type { Answer } from '@stance/http';

/** The header that says, outside the body, which position of the log an answer is of. */
export const knownAtHeader = 'stance-known-at';

/** A tag of what an answer says, for `If-None-Match`. */
export const tagOf = (said: string): string => `W/${strongEtag(said)}`;

/**
 * An answer as JSON. `said` is what it says; `knownAt`, and where the list goes on, stand beside it and do not change
 * its tag: they move on with every event, and who asks again wants to hear only of what is new.
 */
export const jsonAnswer = (said: object, knownAt: number, next?: string): Answer => {
  const text = JSON.stringify(said);
  const beside = JSON.stringify(next === undefined ? { knownAt } : { knownAt, next });
  const whole = text === '{}' ? beside : `${beside.slice(0, -1)},${text.slice(1)}`;
  return {
    status: 200,
    headers: { [knownAtHeader]: String(knownAt) },
    etag: tagOf(next === undefined ? text : `${text} and more`),
    text: whole,
    contentType: 'application/json; charset=utf-8',
  };
};
