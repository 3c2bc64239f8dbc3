import { createMemoryEventStore } from '@stance/event-store/memory';
import type { EventStore } from '@stance/event-store';
import { createHttpApp } from '@stance/http';
import { ProjectorError, registerParkedCommands } from '@stance/projector';
import type { ParkedCommandsOptions } from '@stance/projector';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';

type Asked = ParkedCommandsOptions['projector'];

const path = '/v1/projections/default/parked/statement-a';

const serve = async (projector: Partial<Asked>, eventStore: EventStore = createMemoryEventStore()) => {
  const app = createHttpApp({ logger: pino({ level: 'silent' }) });
  registerParkedCommands(app, {
    projector: {
      ask: () => Promise.reject(new Error('nobody is to ask')),
      whenPassed: () => Promise.resolve(),
      ...projector,
    },
    eventStore,
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    await app.kit.stop(0);
  });
  return async (command: 'retry' | 'skip', body: unknown) => {
    const response = await fetch(`${address}${path}/${command}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
};

const first = { revision: 1, eventId: 'e1', code: 'unknown-event-type', message: 'of tomorrow' };
const look = { retried: null, first };

it('refuses a command where the projector stands by, and says that another one may take it', async () => {
  const standsBy = new ProjectorError('projector-not-at-work', 'another one projects', { retryable: true });
  const send = await serve({ ask: () => Promise.reject(standsBy) });
  for (const [command, body] of [
    ['retry', null],
    ['skip', { revision: 1, reason: 'broken' }],
  ] as const) {
    expect(await send(command, body)).toMatchObject({
      status: 503,
      body: { code: 'projector-not-at-work', retryable: true },
    });
  }
});

it('records a skip once, however often it is asked for while the read model has not met it', async () => {
  const eventStore = createMemoryEventStore();
  const late = new ProjectorError('projector-stopped', 'it was stopped');
  const send = await serve({ ask: () => Promise.resolve(look), whenPassed: () => Promise.reject(late) }, eventStore);
  const body = { revision: 1, reason: 'broken' };
  const answers = await Promise.all([send('skip', body), send('skip', body), send('skip', body)]);
  expect(answers.map((answer) => [answer.status, answer.body['outcome'], answer.body['position']])).toEqual([
    [200, 'accepted', 1],
    [200, 'duplicate', 1],
    [200, 'duplicate', 1],
  ]);
  const { events } = await eventStore.readAll({ after: 0, limit: 10 });
  expect(events.map(({ type, data }) => [type, JSON.parse(data) as unknown])).toEqual([
    ['EventSkipped', { stream: 'statement-a', revision: 1, eventId: 'e1', reason: 'broken' }],
  ]);
});

it('decides anew where somebody else wrote to the registry in between', async () => {
  const eventStore = createMemoryEventStore();
  let raced = false;
  const send = await serve(
    { ask: () => Promise.resolve(look) },
    {
      ...eventStore,
      append: async (requests) => {
        if (!raced) {
          raced = true;
          const other = {
            id: 'o',
            type: 'TopicDefined',
            schemaVersion: 1,
            data: '{}',
            metadata: { correlationId: 'o' },
          };
          await eventStore.append([{ stream: 'registry', expectedRevision: -1, events: [other] }]);
        }
        return eventStore.append(requests);
      },
    },
  );
  expect(await send('skip', { revision: 1, reason: 'broken' })).toMatchObject({
    status: 200,
    body: { outcome: 'accepted', position: 2 },
  });
});

it('refuses to skip what is not parked, another event of the stream than that, and a part where only the whole makes sense', async () => {
  const eventStore = createMemoryEventStore();
  const send = await serve({ ask: () => Promise.resolve(look) }, eventStore);
  expect(await send('skip', { revision: 2, reason: 'broken' })).toMatchObject({
    status: 409,
    body: { code: 'not-parked', detail: expect.stringContaining('revision 1') as string },
  });
  expect(await send('skip', { revision: 0, reason: 'broken' })).toMatchObject({ status: 400 });
  expect(await send('skip', { revision: 1, wholeStream: true, reason: 'broken' })).toMatchObject({ status: 400 });
  expect(await send('skip', { revision: 1 })).toMatchObject({ status: 400 });
  expect(await eventStore.head()).toBe(0);
});
