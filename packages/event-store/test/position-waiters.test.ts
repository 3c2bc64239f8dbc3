import { createPositionWaiters, NotCaughtUpError } from '@stance/event-store';
import { expect, it } from 'vitest';

it('lets go who waits for a position that is passed, and nobody else', async () => {
  const waiters = createPositionWaiters({ who: 'the reader' });
  await waiters.whenPassed(3, 3);
  const first = waiters.whenPassed(4, 3);
  const second = waiters.whenPassed(9, 3);
  let isSecondDone = false;
  void second.then(() => (isSecondDone = true));
  waiters.passed(5);
  await first;
  expect(isSecondDone).toBe(false);
  waiters.passed(9);
  await second;
});

it('tells who waits that it took too long, was given up, or is over', async () => {
  const waiters = createPositionWaiters({ who: 'the reader' });
  const late = waiters.whenPassed(4, 3, { timeout: 1 });
  await expect(late).rejects.toBeInstanceOf(NotCaughtUpError);
  await expect(late).rejects.toMatchObject({
    code: 'not-caught-up',
    message: 'the reader has not passed position 4 within 1 ms',
  });
  const giving = new AbortController();
  const given = waiters.whenPassed(4, 3, { signal: giving.signal });
  giving.abort(new Error('no more'));
  await expect(given).rejects.toThrow('no more');
  await expect(waiters.whenPassed(4, 3, { signal: giving.signal })).rejects.toThrow('no more');
  const left = waiters.whenPassed(4, 3);
  waiters.abandon(new Error('stopped'));
  await expect(left).rejects.toThrow('stopped');
});

it('says what the caller says where it took too long', async () => {
  const waiters = createPositionWaiters({ who: 'it', late: (message) => new RangeError(message) });
  await expect(waiters.whenPassed(1, 0, { timeout: 1 })).rejects.toBeInstanceOf(RangeError);
});
