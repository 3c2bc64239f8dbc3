import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { inputIssues, scopes } from '@stance/contracts';
import type { Scope } from '@stance/contracts';
import { z } from 'zod';

import { findJsonFault } from './json-fault.ts';

/** A token as the service knows it: never the token itself. */
export interface Token {
  /** Who uses it: recorded with what is written, and shown in logs. */
  readonly name: string;
  /** SHA-256 of the token, 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly scopes: readonly Scope[];
}

/** What a token may be called. */
export const tokenNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:~@-]{0,127}$/,
    'must be 1 to 128 of A-Z a-z 0-9 . _ : ~ @ -, the first a letter or digit',
  );

const tokenFileSchema = z.strictObject({
  tokens: z.array(
    z.strictObject({
      name: tokenNameSchema,
      sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits'),
      scopes: z.array(z.enum(scopes)).min(1),
    }),
  ),
});

/** Tokens carry 256 random bits, so that a plain hash is enough: there is nothing to guess. */
export const hashToken = (token: string): string => createHash('sha256').update(token, 'utf8').digest('hex');

/** A new token, to be shown once to whoever shall use it, and its line for the token file. */
export const newToken = (
  name: string,
  granted: readonly Scope[],
): { readonly token: string; readonly entry: Token } => {
  const token = `stance_${randomBytes(32).toString('base64url')}`;
  return { token, entry: { name, sha256: hashToken(token), scopes: [...granted] } };
};

export class TokenFileError extends Error {
  override readonly name = 'TokenFileError';
  readonly code = 'invalid-token-file';
  readonly retryable = false;
}

/**
 * The tokens of a file `{"tokens": [{"name", "sha256", "scopes"}]}`.
 *
 * @throws TokenFileError where the text is not that, or where a name or a hash stands in it twice.
 */
export const parseTokens = (text: string, file: string): Token[] => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const fault = findJsonFault(text);
    const place = fault === null ? '' : `: line ${fault.line}, column ${fault.column}: expected ${fault.expected}`;
    throw new TokenFileError(`The token file ${file} is not JSON${place}.`, { cause });
  }
  const parsed = tokenFileSchema.safeParse(value);
  if (!parsed.success) {
    const lines = inputIssues(parsed.error).map(
      (issue) => `${issue.path === '' ? 'the whole' : issue.path}: ${issue.message}`,
    );
    throw new TokenFileError(`The token file ${file} is not valid: ${lines.join('; ')}.`);
  }
  const { tokens } = parsed.data;
  for (const field of ['name', 'sha256'] as const) {
    const seen = new Set<string>();
    for (const token of tokens) {
      if (seen.has(token[field])) {
        throw new TokenFileError(`The token file ${file} holds the ${field} of "${token.name}" twice.`);
      }
      seen.add(token[field]);
    }
  }
  return tokens;
};

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'there is no permission to read it',
  EISDIR: 'it is a folder',
};

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return ('code' in error && typeof error.code === 'string' ? unreadable[error.code] : undefined) ?? error.message;
};

/** Reads a token file; see `parseTokens`. @throws TokenFileError also where the file cannot be read. */
export const readTokens = (file: string): Token[] => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new TokenFileError(`The token file ${file} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
  return parseTokens(text, file);
};

/** Finds a token by what a client sent. Every token is compared, in constant time, whichever of them matches. */
export const tokenFinder = (tokens: readonly Token[]): ((sent: string) => Token | null) => {
  const known = tokens.map((token) => ({ token, hash: Buffer.from(token.sha256, 'hex') }));
  return (sent) => {
    const hash = createHash('sha256').update(sent, 'utf8').digest();
    let match: Token | null = null;
    for (const { token, hash: expected } of known) {
      if (timingSafeEqual(hash, expected)) match = token;
    }
    return match;
  };
};
