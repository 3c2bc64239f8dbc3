import { ClientError } from '../client-error.ts';

/** What a query takes: lists go as one value, separated by commas. */
export type QueryValue = string | number | boolean | readonly string[] | undefined;
export type Query = Readonly<Record<string, QueryValue>>;

/** With its `?`; empty where nothing is given. */
export const queryString = (query: Query): string => {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
  const text = given.toString();
  return text === '' ? '' : `?${text}`;
};

/**
 * A path with its variable parts encoded: path`/v1/actors/${id}`.
 *
 * @throws ClientError `wrong-use` where a part is no Unicode text
 */
export const path = (texts: TemplateStringsArray, ...parts: readonly string[]): string =>
  texts.map((text, index) => text + encoded(parts[index] ?? '')).join('');

const encoded = (part: string): string => {
  try {
    return encodeURIComponent(part);
  } catch (cause) {
    throw new ClientError('wrong-use', 'An id holds half of a character', { cause });
  }
};
