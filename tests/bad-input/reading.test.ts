import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { exchange } from './support/exchange.ts';
import { recordGood } from './support/given.ts';
import { expectProblem } from './support/refusal.ts';
import type { WrongRequest } from './support/refusal.ts';
import { startService } from './support/service.ts';
import type { Service } from './support/service.ts';
import { itRefuses } from './support/table.ts';

const invalid: readonly WrongRequest[] = (
  [
    ['/v1/actors?page=2', 'page', 'unknown query parameter'],
    ['/v1/actors?__proto__=1', '__proto__', 'unknown query parameter'],
    ['/v1/actors?Limit=1', 'Limit', 'unknown query parameter'],
    ['/v1/actors?limit=1&limit=1', 'limit', 'more than once'],
    ['/v1/stances?holder=ann&hold%65r=bob', 'holder', 'more than once'],
    ['/v1/actors?limit=0', 'limit'],
    ['/v1/actors?limit=-1', 'limit', 'whole number'],
    ['/v1/actors?limit=1001', 'limit', '1000'],
    ['/v1/actors?limit=abc', 'limit', 'whole number'],
    ['/v1/actors?limit=1e2', 'limit', 'whole number'],
    ['/v1/actors?limit=', 'limit', 'whole number'],
    ['/v1/actors?limit', 'limit', 'whole number'],
    ['/v1/actors?limit=%201', 'limit', 'whole number'],
    ['/v1/actors?limit=99999999999999999999', 'limit', '15 digits'],
    ['/v1/actors?minPosition=-1', 'minPosition', 'whole number'],
    ['/v1/actors?minPosition=1.5', 'minPosition', 'whole number'],
    ['/v1/actors?minPosition=9007199254740993', 'minPosition', '15 digits'],
    ['/v1/actors?q=', 'q'],
    [`/v1/actors?q=${'a'.repeat(201)}`, 'q', '200'],
    ['/v1/actors?q=%00', 'q', 'control characters'],
    ['/v1/actors?q=%zz', 'q', 'percent-encoded'],
    ['/v1/actors?q=%ED%A0%80', 'q', 'percent-encoded'],
    ['/v1/actors?%ff=1', '%ff', 'percent-encoded'],
    ['/v1/actors?knownAt=yesterday', 'knownAt'],
    ['/v1/actors?knownAt=-1', 'knownAt'],
    ['/v1/actors?knownAt=2024-02-30', 'knownAt', 'no such date'],
    ['/v1/actors?knownAt=2024-01-01T25:00:00Z', 'knownAt', 'no such time'],
    ['/v1/actors?knownAt=2024-06', 'knownAt', 'YYYY-MM-DD'],
    ['/v1/stances?at=2024-02-30', 'at', 'no such date'],
    ['/v1/stances?at=soon', 'at', 'EDTF'],
    ['/v1/stances?at=2024-06-08/2024-06-01', 'at'],
    ['/v1/stances?at=Y170000002', 'at', 'EDTF'],
    [`/v1/stances?at=${'2'.repeat(101)}`, 'at', '100'],
    ['/v1/stances?holder=a%20b', 'holder'],
    ['/v1/changes?from=2024-02-01&to=2024-01-01', 'from', 'after'],
    ['/v1/changes?from=2024-13', 'from', 'no such date'],
    ['/v1/changes?to=__proto__', 'to', 'EDTF'],
    ['/v1/changes?kind=', 'kind[0]'],
    ['/v1/changes?kind=first,constructor', 'kind[1]'],
    ['/v1/changes?status=confirmed;provisional', 'status[0]'],
    [`/v1/changes?kind=${'first,'.repeat(100)}first`, 'kind', '500'],
    ['/v1/contested', 'holder', 'has to be named'],
    ['/v1/contested?holder=ann&resolved=maybe', 'resolved'],
    ['/v1/compare', 'proposition', 'has to be named'],
    ['/v1/compare?proposition=tax&topic=money', 'topic', 'in place of'],
    ['/v1/compare?topic=money', 'holders', 'have to be named'],
    ['/v1/compare?proposition=tax&holders=ann,', 'holders[1]'],
    [`/v1/compare?proposition=tax&holders=${'ann,'.repeat(50)}ann`, 'holders', '50'],
    ['/v1/compare?proposition=tax&at=2024&to=2024', 'to', 'another name'],
    ['/v1/compare?proposition=tax&from=2024-02-30', 'from', 'no such date'],
    ['/v1/compare?proposition=tax&from=2024-02&at=2024-01', 'from', 'after'],
    ['/v1/statements?from=2025&to=2024', 'from', 'after'],
    ['/v1/methods?limit=1', 'limit', 'there are none'],
    ['/v1/methods/compare?a=default', 'b', 'is required'],
    ['/v1/methods/compare?a=default&b=default', 'b', 'another method'],
    ['/v1/methods/compare?a=default&a=default&b=x', 'a', 'more than once'],
    ['/v1/methods/compare?a=default&b=', 'b'],
    [`/v1/methods/compare?a=default&b=${'x'.repeat(129)}`, 'b', '128'],
    ['/v1/methods/compare?a=default&b=x&method=default', 'method', 'unknown query parameter'],
    ['/v1/histories/ann/tax/explanation?change=__proto__', 'change', 'id of a change'],
    [`/v1/histories/ann/tax/explanation?change=C-${'0'.repeat(32)}`, 'change', 'id of a change'],
    ['/v1/histories/ann/tax/explanation?format=text', 'format', 'unknown query parameter'],
  ] as const
).map(([path, at, says]) => ({ what: path.slice(0, 80), path, code: 'invalid-input', at, says: says ?? '' }));

const other: readonly WrongRequest[] = (
  [
    ['/v1/stances?holder=constructor', 'unknown-actor', ''],
    ['/v1/stances?proposition=toString', 'unknown-proposition', ''],
    ['/v1/stances?method=constructor', 'unknown-method', 'method'],
    ['/v1/changes?method=__proto__', 'unknown-method', 'method', 'there is default'],
    ['/v1/methods/compare?a=default&b=toString', 'unknown-method', 'b', 'there is default'],
    ['/v1/methods/compare?a=__proto__&b=default', 'unknown-method', 'a', 'there is default'],
    ['/v1/methods/constructor', 'not-found', ''],
    ['/v1/contested?holder=constructor', 'unknown-actor', ''],
    ['/v1/compare?proposition=tax&holders=ann,constructor', 'unknown-actor', ''],
    ['/v1/compare?proposition=toString', 'unknown-proposition', ''],
    ['/v1/compare?proposition=tax&method=constructor', 'unknown-method', 'method'],
    ['/v1/actors?knownAt=2199-01-01', 'known-at-in-future', 'knownAt'],
    ['/v1/actors?knownAt=6', 'known-at-in-future', 'knownAt', 'the log ends at 5'],
    ['/v1/actors?knownAt=99999999999999999999', 'known-at-in-future', 'knownAt', 'the log ends at 5'],
    ['/v1/actors?after=x', 'invalid-cursor', 'after', 'damaged'],
    ['/v1/actors?after=%00', 'invalid-cursor', 'after', 'damaged'],
    ['/v1/actors?after=W10.AAAAAAAAAAA', 'invalid-cursor', 'after', 'damaged'],
    ['/v1/histories/ann/tax?after=...', 'invalid-cursor', 'after', 'damaged'],
    ['/v1/histories/constructor/tax/explanation', 'unknown-actor', ''],
    ['/v1/histories/ann/toString/explanation', 'unknown-proposition', ''],
    [`/v1/histories/ann/tax/explanation?change=c-${'0'.repeat(32)}`, 'unknown-change', ''],
  ] as const
).map(([path, code, at, says]) => ({
  what: path,
  path,
  code,
  ...(at === '' ? {} : { at }),
  ...(says === undefined ? {} : { says }),
}));

describe('questions', () => {
  itRefuses([...invalid, ...other]);
});

describe('a cursor', () => {
  let service: Service;
  let cursor: string;
  beforeAll(async () => {
    service = await startService();
    await recordGood(service);
    const page = await exchange(service.port, { path: '/v1/statements?holder=ann&limit=1&minPosition=4&knownAt=4' });
    ({ next: cursor } = JSON.parse(page.text) as { next: string });
  });
  afterAll(() => service.stop());

  const flipped = (text: string, at: number): string =>
    text.slice(0, at) + (text.charAt(at) === 'A' ? 'B' : 'A') + text.slice(at + 1);

  it.each<[string, (cursor: string) => string, string]>([
    ['with a letter changed', (after) => `/v1/statements?after=${flipped(after, 10)}`, 'damaged'],
    ['with its end cut off', (after) => `/v1/statements?after=${after.slice(0, -1)}`, 'damaged'],
    ['sent twice over', (after) => `/v1/statements?after=${after}${after}`, 'damaged'],
    ['of another list', (after) => `/v1/actors?after=${after}`, 'another list'],
    ['beside another filter', (after) => `/v1/statements?holder=bob&after=${after}`, 'holder'],
    ['beside a filter it was made without', (after) => `/v1/statements?proposition=tax&after=${after}`, 'proposition'],
    ['beside another knownAt', (after) => `/v1/statements?knownAt=3&after=${after}`, 'knownAt'],
  ])('%s is refused', async (_what, path, says) => {
    const received = await exchange(service.port, { path: path(cursor) });
    const problem = expectProblem(received, 'invalid-cursor');
    expect(problem.errors).toEqual([{ path: 'after', message: expect.stringContaining(says) }]);
  });

  it('as it was given goes on', async () => {
    const page = await exchange(service.port, { path: `/v1/statements?after=${cursor}` });
    expect(page, page.text).toMatchObject({ status: 200 });
  });
});
