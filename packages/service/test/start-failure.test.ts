import { expect, test } from 'vitest';

import { startFailureOf } from '../src/start-failure.ts';

test.for([
  ['event-store-unavailable', 'STANCE_EVENT_STORE_URL'],
  ['read-model-refused', 'STANCE_READ_MODEL_URL'],
  ['relay-state-refused', 'STANCE_READ_MODEL_URL'],
  ['feed-no-rights', 'STANCE_FEED_STORE_URL'],
  ['distribution-denied', 'STANCE_BROKER_URL'],
  ['distribution-misconfigured', 'STANCE_BROKER_URL', 2],
  ['event-store-misconfigured', 'STANCE_EVENT_STORE_URL', 2],
] as const)('a start that fails with %s says that %s names what it is about', ([code, variable, exitCode = 1]) => {
  const failure = startFailureOf(Object.assign(new Error('it cannot be used'), { code }));
  expect(failure.exitCode).toBe(exitCode);
  expect(failure.message).toContain('it cannot be used');
  expect(failure.message).toContain(variable);
});
