import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { StoredEvent } from '@stance/event-store';
import { expect, it } from 'vitest';

import { createCloudEventEncoder, decodeMessage } from '../../src/kafka/cloud-event.ts';

const folder = join(import.meta.dirname, '../../../../tests/golden-log');
const goldenLog = readFileSync(join(folder, 'log.ndjson'), 'utf8')
  .split('\n')
  .slice(0, -1)
  // What each line holds is checked beside it.
  .map((line) => JSON.parse(line) as StoredEvent);

it('carries events of all versions to Kafka as they were written, in the messages that are kept', async () => {
  const encoder = createCloudEventEncoder();
  const messages = goldenLog.map((event) => {
    const given = { event, previous: event.position - 1, count: event.position };
    const message = encoder.event(given);
    expect(message.value).toBe(event.data);
    const headers = Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [name, Buffer.from(String(value))]),
    );
    expect(decodeMessage({ value: Buffer.from(event.data), headers })).toEqual({ kind: 'event', linked: given });
    return { key: message.key, headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, String(v)])) };
  });
  await expect(`${JSON.stringify(messages, null, 2)}\n`).toMatchFileSnapshot(join(folder, 'answers/kafka.json'));
});
