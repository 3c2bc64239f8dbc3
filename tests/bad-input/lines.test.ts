import { lineResultSchema, linesSummarySchema } from '@stance/contracts';
import type { LineResult, ProblemCode } from '@stance/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { expectUnharmed } from './support/aftermath.ts';
import { exchange } from './support/exchange.ts';
import type { Received } from './support/exchange.ts';
import { good, recordedEvents, recordGood } from './support/given.ts';
import { startService } from './support/service.ts';
import type { Service } from './support/service.ts';

interface WrongLine {
  readonly what: string;
  readonly line: string | Buffer;
  readonly code: ProblemCode;
  readonly at?: string;
  readonly says?: string;
}

const text = JSON.stringify(good);
const withField = (field: string): string => text.replace('}', `,${field}}`);
const statement = (fields: object): string => JSON.stringify({ ...good, ...fields });

const wrongLines: readonly WrongLine[] = (
  [
    ['that is no JSON', '{holder:ann}', 'malformed-json', undefined, 'column 2'],
    ['that breaks off', text.slice(0, -1), 'malformed-json', undefined, `column ${text.length}`],
    ['with two statements', `${text}${text}`, 'malformed-json', undefined, `column ${text.length + 1}`],
    ['with a byte order mark before it', `\ufeff${text}`, 'malformed-json', undefined, 'column 1'],
    ['of a carriage return within a string', '{"holder":"a\rb"}', 'malformed-json', undefined, 'column 11'],
    ['of a list', `[${text}]`, 'invalid-input', ''],
    ['of a word', 'null', 'invalid-input', ''],
    ['that is not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'wrong-encoding', undefined, 'UTF-8'],
    ['in UTF-16', Buffer.from(text, 'utf16le'), 'malformed-json', undefined, 'column 2'],
    ['with a field twice', `{"holder":"eve",${text.slice(1)}`, 'invalid-input', 'holder', 'more than once'],
    ['with __proto__', withField('"__proto__":{}'), 'invalid-input', '__proto__', 'not allowed'],
    ['with a prototype', withField('"constructor":{"prototype":1}'), 'invalid-input', 'constructor.prototype'],
    ['with an unknown field', withField('"mood":"grim"'), 'invalid-input', 'mood', 'unknown field'],
    [
      'that is deep',
      withField(`"source":${'['.repeat(20_000)}${']'.repeat(20_000)}`),
      'invalid-input',
      'source[0][0][0]',
    ],
    ['with a date that does not exist', statement({ saidAt: '2023-02-29' }), 'invalid-input', 'saidAt', 'no such date'],
    ['of a day to come', statement({ saidAt: '2199-01-01' }), 'invalid-input', 'saidAt'],
    ['with half of a surrogate pair', withField(String.raw`"condition":"\ud800"`), 'invalid-input', 'condition'],
    ['with a zero character', withField(String.raw`"condition":"\u0000"`), 'invalid-input', 'condition'],
    ['of an actor nobody knows', statement({ holder: 'eve' }), 'unknown-actor', 'holder'],
    ['of a proposition nobody knows', statement({ proposition: 'x' }), 'unknown-proposition', 'proposition'],
    ['under the id of another statement', statement({ id: 'said', direction: 'oppose' }), 'statement-conflict'],
    ['under the id of a line before it', statement({ id: 'first', direction: 'oppose' }), 'statement-conflict'],
    ['of more than 64 KiB', statement({ condition: 'a'.repeat(64 * 1024) }), 'too-large', undefined, '65536'],
    ['of 10 MB', Buffer.alloc(10_000_000, 'a'), 'too-large', undefined, '65536'],
  ] as const
).map(([what, line, code, at, says]) => ({
  what,
  line,
  code,
  ...(at === undefined ? {} : { at }),
  ...(says === undefined ? {} : { says }),
}));

/** Before, between and after the wrong ones, and ended in every way there is. */
const first = statement({ id: 'first', saidAt: '2024-02-01' });
const last = statement({ id: 'last', saidAt: '2024-02-03' });
const body = Buffer.concat([
  Buffer.from(`${first}\r\n\n  \r\n`),
  ...wrongLines.flatMap(({ line }) => [Buffer.from(line), Buffer.from('\n')]),
  Buffer.from(`${first}\n${last}`),
]);
const blankLines = 2;

describe('a line', () => {
  let service: Service;
  let answer: Received;
  let results: readonly LineResult[];
  beforeAll(async () => {
    service = await startService();
    await recordGood(service);
    const headers = { 'content-type': 'application/x-ndjson' };
    answer = await exchange(service.port, { path: '/v1/statements', headers, body });
    results = answer.text
      .trimEnd()
      .split('\n')
      .map((line) => lineResultSchema.parse(JSON.parse(line)));
  });
  afterAll(() => service.stop());

  it.each(wrongLines.map((line, index) => ({ ...line, number: index + 2 + blankLines })))(
    '$what is rejected as $code, by its number',
    ({ number, code, at, says }) => {
      const result = results.find(({ line }) => line === number);
      expect(result).toMatchObject({ outcome: 'rejected', error: { code, retryable: false } });
      const { detail = '', errors = [] } = result?.error ?? {};
      if (at !== undefined) expect(errors.map(({ path }) => path)).toContain(at);
      expect([detail, ...errors.map(({ message }) => message)].join('\n')).toContain(says ?? '');
    },
  );

  it('that is right is recorded, whatever stands around it, with or without a line end', () => {
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': expect.stringMatching(/^application\/x-ndjson/) },
    });
    const right = results.filter(({ outcome }) => outcome !== 'rejected');
    const again = wrongLines.length + blankLines + 2;
    expect(right).toMatchObject([
      { line: 1, outcome: 'accepted', statementId: 'first' },
      { line: again, outcome: 'duplicate', statementId: 'first' },
      { line: again + 1, outcome: 'accepted', statementId: 'last' },
    ]);
    expect(results.map(({ line }) => line)).toEqual(results.map(({ line }) => line).toSorted((a, b) => a - b));
    expect(results).toHaveLength(wrongLines.length + right.length);
  });

  it('that is wrong is all that is answered where only errors are asked for', async () => {
    const answer = await exchange(service.port, {
      path: '/v1/statements?results=errors',
      headers: { 'content-type': 'application/x-ndjson' },
      body: `${first}\n{\n${last}\n`,
    });
    const [rejected = '', summary = '', ...more] = answer.text.trimEnd().split('\n');
    expect(lineResultSchema.parse(JSON.parse(rejected))).toMatchObject({ line: 2, error: { code: 'malformed-json' } });
    expect(linesSummarySchema.parse(JSON.parse(summary)).summary).toMatchObject({ duplicate: 2, rejected: 1 });
    expect(more).toEqual([]);
  });

  it('that is wrong leaves nothing behind', () => expectUnharmed(service, recordedEvents + 2));
});
