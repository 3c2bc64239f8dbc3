import { describe, expect, test } from 'vitest';

import { hashToken, newToken, parseTokens, readTokens, TokenFileError } from '../src/index.ts';

const file = (...tokens: unknown[]): string => JSON.stringify({ tokens });
const entry = { name: 'desk', sha256: 'a'.repeat(64), scopes: ['read', 'write'] };

describe('a token file', () => {
  test('gives back what it holds', () => {
    expect(parseTokens(file(entry), 'tokens.json')).toEqual([entry]);
  });

  test.each([
    ['not JSON', '{\n  "tokens": x}', 'is not JSON: line 2, column 13: expected value.'],
    ['nothing in it', '', 'is not JSON: line 1, column 1: expected value.'],
    ['another shape', '[]', 'the whole: '],
    ['an unknown field', file({ ...entry, token: 'x' }), 'tokens[0].token: unknown field'],
    ['a token in place of its hash', file({ ...entry, sha256: 'stance_x' }), 'tokens[0].sha256: must be 64'],
    ['an unknown scope', file({ ...entry, scopes: ['admin'] }), 'tokens[0].scopes[0]'],
    ['no scope', file({ ...entry, scopes: [] }), 'tokens[0].scopes'],
    ['a name with a line end', file({ ...entry, name: 'a\nb' }), 'tokens[0].name'],
    ['a name twice', file(entry, { ...entry, sha256: 'b'.repeat(64) }), 'the name of "desk" twice'],
    ['a hash twice', file(entry, { ...entry, name: 'other' }), 'the sha256 of "other" twice'],
  ])('with %s is refused, naming file and place', (_what, text, message) => {
    expect(() => parseTokens(text, 'tokens.json')).toThrow(TokenFileError);
    expect(() => parseTokens(text, 'tokens.json')).toThrow(message);
    expect(() => parseTokens(text, 'tokens.json')).toThrow('tokens.json');
  });

  test('that cannot be read is refused with the reason', () => {
    expect(() => readTokens('/no/such/file')).toThrow(
      'The token file /no/such/file cannot be read: there is no such file.',
    );
    expect(() => readTokens(import.meta.dirname)).toThrow('cannot be read: it is a folder.');
  });
});

describe('a new token', () => {
  test('is known by its hash alone, and differs each time', () => {
    const first = newToken('desk', ['write']);
    const second = newToken('desk', ['write']);
    expect(first.entry).toEqual({ name: 'desk', sha256: hashToken(first.token), scopes: ['write'] });
    expect(JSON.stringify(first.entry)).not.toContain(first.token);
    expect(second.token).not.toBe(first.token);
    expect(parseTokens(file(first.entry), 'tokens.json')).toEqual([first.entry]);
  });
});
