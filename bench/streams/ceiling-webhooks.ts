/** The least that it takes: as many POSTs as long, one after the other on each connection, by the same means and unsigned. */
import { Agent, request } from 'node:http';
import { once } from 'node:events';
import { parseArgs } from 'node:util';

import { startReceiving } from './receiving.ts';

const { values: given } = parseArgs({
  options: {
    votes: { type: 'string' },
    endpoints: { type: 'string', default: '1' },
    changes: { type: 'string', default: '10000' },
  },
});
const endpoints = Number(given.endpoints);
const changes = Number(given.changes);
/** About as long as a message. */
const body = JSON.stringify({ filling: 'x'.repeat(800) });

const receiving = await startReceiving();
const agent = new Agent({ keepAlive: true });
const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
const begun = performance.now();
const tell = async (): Promise<void> => {
  for (let sent = 0; sent < changes; sent += 1) {
    const message = request(receiving.url, { method: 'POST', agent, headers });
    message.end(body);
    const [response] = (await once(message, 'response')) as [NodeJS.ReadableStream];
    response.resume();
    await once(response, 'end');
  }
};
await Promise.all(Array.from({ length: endpoints }, tell));
const seconds = (performance.now() - begun) / 1000;
console.log(JSON.stringify({ perSecond: Math.round((endpoints * changes) / seconds), twice: 0 }));
agent.destroy();
await receiving.close();
