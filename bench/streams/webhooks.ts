/** Changes that are there already, told to webhooks on one embedded process: how many messages a second they take. */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { withService } from '../http/service.ts';
import { startReceiving } from './receiving.ts';
import { statement } from './statement.ts';

const { values: given } = parseArgs({
  options: {
    votes: { type: 'string' },
    folder: { type: 'string', default: '/tmp' },
    endpoints: { type: 'string', default: '1' },
    changes: { type: 'string', default: '10000' },
  },
});
const endpoints = Number(given.endpoints);
const changes = Number(given.changes);

const receiving = await startReceiving();
await withService(
  given.folder,
  async ({ port, memoryMb }) => {
    const base = `http://127.0.0.1:${port}/v1`;
    const send = async (method: string, path: string, body: string, type = 'application/json'): Promise<void> => {
      const response = await fetch(`${base}${path}`, { method, body, headers: { 'content-type': type } });
      const answer = await response.text();
      if (!response.ok) throw new Error(`${path}: ${answer}`);
    };
    const lines = Array.from({ length: changes }, (_, n) => statement(n)).join('\n');
    await send('POST', '/statements?createMissing=true&results=errors', `${lines}\n`, 'application/x-ndjson');
    const position = async (): Promise<number> => {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return Number(/^stance_feed_position (.*)$/m.exec(text)?.[1]);
    };
    while ((await position()) < changes) await pause(50);
    const names = Array.from({ length: endpoints }, (_, n) => `hook-${n}`);
    for (const name of names) await send('PUT', `/webhooks/${name}`, JSON.stringify({ url: receiving.url }));
    const begun = performance.now();
    for (const name of names) await send('POST', `/webhooks/${name}/replay`, '{"after":0}');
    await receiving.when(endpoints * changes);
    const seconds = (performance.now() - begun) / 1000;
    console.log(
      JSON.stringify({
        perSecond: Math.round((endpoints * changes) / seconds),
        twice: receiving.received() - endpoints * changes,
        memoryMb: await memoryMb(),
      }),
    );
  },
  { STANCE_WEBHOOKS_ALLOW: '127.0.0.1' },
);
await receiving.close();
