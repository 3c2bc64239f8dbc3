import { afterAll, beforeAll, it } from 'vitest';

import { expectUnharmed } from './aftermath.ts';
import { recordedEvents, recordGood } from './given.ts';
import { expectRefusal } from './refusal.ts';
import type { WrongRequest } from './refusal.ts';
import { startService } from './service.ts';
import type { Service } from './service.ts';

/** Tests that one service refuses every request of a table, and what is left of that afterwards. */
export const itRefuses = (table: readonly WrongRequest[]): void => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
    await recordGood(service);
  });
  afterAll(() => service.stop());

  it.each(table)('refuses $what as $code', (wrong) => expectRefusal(service, wrong));

  it('has recorded nothing of all that, and serves as before', () => expectUnharmed(service, recordedEvents));
};
