import { expect } from 'vitest';

import { exchange } from './exchange.ts';
import type { Service } from './service.ts';

export const good = { holder: 'ann', proposition: 'tax', direction: 'support', saidAt: '2024-01-01' };

export const recordedEvents = 5;

/** What is recorded, and can be asked about, before anything wrong is sent: the events with the positions 1 to 5. */
export const recordGood = async ({ port }: Pick<Service, 'port'>): Promise<void> => {
  const calls = [
    { method: 'PUT', path: '/v1/actors/ann', body: { name: 'Ann', kind: 'person' } },
    { method: 'PUT', path: '/v1/propositions/tax', body: { text: 'The tax should go.' } },
    { path: '/v1/statements', body: { ...good, id: 'said' } },
    { path: '/v1/statements', body: { ...good, id: 'gone', saidAt: '2024-01-02' } },
    { path: '/v1/statements/gone/retraction', body: { reason: 'Somebody else said it.' } },
    { path: `/v1/actors?limit=1&minPosition=${recordedEvents}` },
  ];
  for (const call of calls) {
    const { status, text } = await exchange(port, call);
    expect(status, text).toBeLessThan(300);
  }
};
