import { randomUUID } from 'node:crypto';

import { createMemoryDistribution } from '@stance/distribution/memory';
import { startRelay } from '@stance/relay';
import { createRelayMemory } from '@stance/relay-state/memory';
import { expect, it } from 'vitest';

import { goldenLog, storeOf } from './golden-log.ts';

const nothing = (): void => undefined;

it('the relay passes on events of all versions as they were written, those of the future too', async () => {
  const source = await storeOf();
  for (const [stream, type, schemaVersion] of [
    ['statement-s-1', 'StatementCorrected', 99],
    ['statement-future', 'StarsAligned', 1],
    ['actor-ada-moreau', 'ActorRevised', 99],
    ['proposition-future', 'PropositionDefined', 99],
    ['registry', 'StarsAligned', 7],
  ] as const) {
    const expectedRevision = (await source.readStream(stream)).length - 1;
    const event = { id: randomUUID(), type, schemaVersion, data: '{"holder": "ada-moreau", "é": [1, 2]}' };
    await source.append([{ stream, expectedRevision, events: [{ ...event, metadata: { correlationId: 'later' } }] }]);
  }
  const { events } = await source.readAll({ after: 0, limit: 1000 });
  expect(events).toHaveLength(goldenLog.length + 5);

  const { topic, createWriter } = createMemoryDistribution({ partitions: 3, mode: 'stepped' });
  const relay = startRelay({
    source,
    writer: createWriter(),
    state: createRelayMemory().open(),
    logger: { info: nothing, warn: nothing },
  });
  await expect.poll(() => relay.status().position).toBe(events.length);
  await relay.stop();

  const sent = [0, 1, 2].flatMap((partition) =>
    topic
      .read(partition, 0n, 1000)
      .flatMap((record) => (record.kind === 'event' ? [{ partition, event: record.linked.event }] : [])),
  );
  const inOrder = sent.map(({ event }) => event).sort((a, b) => a.position - b.position);
  expect(inOrder).toEqual(events);
});
