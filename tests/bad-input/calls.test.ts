import { describe } from 'vitest';

import { good } from './support/given.ts';
import type { WrongRequest } from './support/refusal.ts';
import { itRefuses } from './support/table.ts';

const statements = '/v1/statements';

const paths: readonly WrongRequest[] = (
  [
    ['a path that there is not', '/v1/nothing', 'not-found'],
    ['a slash at the end', '/v1/actors/ann/', 'not-found'],
    ['two dots', '/v1/actors/../actors', 'not-found'],
    ['two dots, encoded', '/v1/%2e%2e/etc/passwd', 'not-found'],
    ['another case', '/V1/actors', 'not-found'],
    ['a percent sign alone', '/v1/actors/%', 'invalid-input'],
    ['an escape of bytes that are not UTF-8', '/v1/actors/%ff', 'invalid-input'],
    ['an encoded slash', '/v1/actors/a%2Fb', 'invalid-input', 'id'],
    ['an encoded slash, encoded', '/v1/actors/a%252Fb', 'invalid-input', 'id'],
    ['an encoded zero', '/v1/actors/a%00', 'invalid-input', 'id'],
    ['an empty id', '/v1/actors/', 'invalid-input', 'id'],
    ['an empty holder', '/v1/histories//tax', 'invalid-input', 'holder'],
    ['an id of 129 characters', `/v1/actors/${'a'.repeat(129)}`, 'invalid-input', 'id'],
    ['a path of 9,000 characters', `/v1/actors/${'a'.repeat(9000)}`, 'too-large'],
    ['a query of 9,000 characters', `/v1/actors?q=${'a'.repeat(9000)}`, 'too-large'],
    ['constructor as an actor', '/v1/actors/constructor', 'unknown-actor'],
    ['toString as a proposition', '/v1/propositions/toString', 'unknown-proposition'],
    ['valueOf as a statement', '/v1/statements/valueOf', 'unknown-statement'],
    ['__proto__ as a method', '/v1/methods/__proto__', 'not-found'],
    ['a history of nobody', '/v1/histories/nobody/tax', 'unknown-actor'],
    ['a history of nothing', '/v1/histories/ann/nothing', 'unknown-proposition'],
  ] as const
).map(([what, path, code, at]) => ({ what, path, code, ...(at === undefined ? {} : { at }) }));

const methods: readonly WrongRequest[] = (
  [
    ['DELETE', '/v1/actors/ann', 'GET, HEAD, PUT'],
    ['PATCH', '/v1/statements/said', 'GET, HEAD'],
    ['PUT', statements, 'GET, HEAD, POST'],
    ['POST', '/v1/changes', 'GET, HEAD'],
    ['GET', '/v1/statements/said/correction', 'POST'],
    ['OPTIONS', statements, 'GET, HEAD, POST'],
    ['TRACE', '/healthz', 'GET, HEAD'],
    ['PROPFIND', '/v1/actors', 'GET, HEAD'],
  ] as const
).map(([method, path, says]) => ({ what: `${method} ${path}`, method, path, code: 'method-not-allowed', says }));

const types: readonly WrongRequest[] = [
  ...(
    [
      ['no content type', ''],
      ['a content type that is none', ';;'],
      ['a form', 'application/x-www-form-urlencoded'],
      ['text', 'text/plain'],
      ['a merge patch', 'application/merge-patch+json'],
      ['JSON with something behind it', 'application/jsonx'],
    ] as const
  ).map(([what, type]): WrongRequest => ({
    what,
    path: statements,
    headers: { 'content-type': type },
    body: good,
    code: 'unsupported-media-type',
  })),
  {
    what: 'a compressed body',
    path: statements,
    headers: { 'content-encoding': 'gzip' },
    body: good,
    code: 'unsupported-media-type',
    says: 'gzip',
  },
  {
    what: 'no body',
    method: 'POST',
    path: statements,
    headers: { 'content-length': '0' },
    code: 'invalid-input',
    at: '',
  },
  { what: 'Accept: text/csv', path: '/v1/actors', headers: { accept: 'text/csv' }, code: 'not-acceptable' },
  {
    what: 'Accept without anything that is given',
    path: '/v1/actors',
    headers: { accept: 'application/json;q=0, text/html' },
    code: 'not-acceptable',
    says: 'application/x-ndjson',
  },
  {
    what: 'lines where there are none',
    path: '/v1/histories/ann/tax',
    headers: { accept: 'application/x-ndjson' },
    code: 'not-acceptable',
  },
  {
    what: 'an Accept of 1,001 characters',
    path: '/v1/actors',
    headers: { accept: `application/json, ${'a'.repeat(983)}` },
    code: 'invalid-input',
    at: 'accept',
  },
  {
    what: 'an If-None-Match of 2,001 characters',
    path: '/v1/actors/ann',
    headers: { 'if-none-match': `"${'a'.repeat(1999)}"` },
    code: 'invalid-input',
    at: 'if-none-match',
  },
];

const foreign: readonly WrongRequest[] = (
  [
    ['a write under a foreign name', { host: 'stances.example' }, 'stances.example'],
    ['a write under a name that only looks local', { host: 'localhost.example' }, 'localhost.example'],
    ['a write under a name that is none', { host: 'a b' }, 'a b'],
    ['a write from a page of another site', { origin: 'https://example.org' }, 'another origin'],
    ['a write from a page of another port', { origin: 'http://127.0.0.1:1' }, 'another origin'],
    ['a write from a file', { origin: 'null' }, 'another origin'],
    ['a write that the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }, 'another origin'],
  ] as const
).map(([what, headers, says]) => ({ what, path: statements, headers, body: good, code: 'forbidden', says }));

describe('calls', () => {
  itRefuses([...paths, ...methods, ...types, ...foreign]);
});
