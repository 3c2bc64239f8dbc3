import { ProblemError } from '@stance/contracts';

/** @param parameter whose value it is; its own name where it is a name */
const decode = (text: string, parameter: string): string => {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    throw new ProblemError('invalid-input', {
      detail: `The query string holds "${text}", which is not percent-encoded UTF-8.`,
      errors: [{ path: parameter, message: 'is not percent-encoded UTF-8' }],
      cause,
    });
  }
};

/**
 * The parameters of a request target. Each may stand there once: which of two values counts would be a guess.
 *
 * @throws ProblemError `invalid-input` for a repeated parameter or a broken percent-encoding.
 */
export const parseQuery = (target: string): Record<string, string> => {
  const values = Object.create(null) as Record<string, string>;
  const start = target.indexOf('?');
  if (start === -1) return values;
  for (const pair of target.slice(start + 1).split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const encoded = equals === -1 ? pair : pair.slice(0, equals);
    const name = decode(encoded, encoded);
    if (name in values) {
      throw new ProblemError('invalid-input', {
        detail: `The query parameter "${name}" is given more than once.`,
        errors: [{ path: name, message: 'is given more than once' }],
      });
    }
    values[name] = equals === -1 ? '' : decode(pair.slice(equals + 1), name);
  }
  return values;
};
