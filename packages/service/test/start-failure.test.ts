import { expect, test } from 'vitest';

import { startFailureOf } from '../src/start-failure.ts';

test.for([
  ['event-store-unavailable', 'STANCE_EVENT_STORE_URL'],
  ['read-model-refused', 'STANCE_READ_MODEL_URL'],
  ['relay-state-refused', 'STANCE_READ_MODEL_URL'],
  ['feed-no-rights', 'STANCE_FEED_STORE_URL'],
  ['distribution-denied', 'STANCE_BROKER_URL'],
] as const)('a start that fails with %s says that %s names what it is about', ([code, variable]) => {
  const failure = startFailureOf(Object.assign(new Error('it cannot be used'), { code }));
  expect(failure.exitCode).toBe(1);
  expect(failure.message).toContain('it cannot be used');
  expect(failure.message).toContain(variable);
});
