import { partitionKeyOf } from '@stance/distribution';
import { expect, it } from 'vitest';

const keyOf = (type: string, data: object | string): string =>
  partitionKeyOf({ type, stream: 'stream-1', data: typeof data === 'string' ? data : JSON.stringify(data) });

it('takes the holder for all events of a statement', () => {
  expect(keyOf('StatementMade', { statementId: 's', statement: { holder: 'ann', act: 'assert' } })).toBe('ann');
  expect(keyOf('StatementCorrected', { holder: 'ann', statement: { holder: 'ann' } })).toBe('ann');
  expect(keyOf('StatementRetracted', { statementId: 's', holder: 'ann', reason: 'r' })).toBe('ann');
});

it('is not deceived by other holders, by texts that look like one, or by escapes', () => {
  const endorses = { holder: 'bob' };
  expect(keyOf('StatementMade', { statement: { endorses, holder: 'ann' } })).toBe('ann');
  expect(keyOf('StatementMade', { statement: { quote: { exact: '"holder":"bob"' }, holder: 'ann' } })).toBe('ann');
  expect(keyOf('StatementMade', '{ "statement": { "holder" : "\\u0061nn" } }')).toBe('ann');
  expect(keyOf('StatementMade', '{"statement":{"holder":"\\u0061nn"}}')).toBe('ann');
});

it('takes the stream where there is no holder, whatever the data is', () => {
  expect(keyOf('ActorRegistered', { holder: 'ann' })).toBe('stream-1');
  for (const data of ['', 'null', '[', '{"holder":7}', '{"holder":""}', '{"statement":null}']) {
    expect(keyOf('StatementMade', data)).toBe('stream-1');
  }
});
