import { createHash } from 'node:crypto';
import { resolve } from 'node:path';

import type { ListedChange, PublishedChangeAnswer } from '@stance/contracts';
import { openPostgresFeedReader } from '@stance/feed/postgres';
import { readTopic, testKafka, testPostgres } from '@stance/test-services';
import type { TopicRecord } from '@stance/test-services';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { runStance } from '../support/command.ts';
import { startCluster } from './support/cluster.ts';
import type { Cluster } from './support/cluster.ts';
import { messagesFor } from './support/described.ts';
import { applied } from './support/feed.ts';
import { missingModule, programsOf } from './support/python.ts';
import type { PagePrograms } from './support/python.ts';

const postgres = await testPostgres();
const kafka = await testKafka();
const missing = postgres.missing ?? kafka.missing;
const note = `${postgres.note}${kafka.note} (EventStoreDB: simulator)`;
const noPython = missingModule('kafka');
const pythonNote = noPython === null ? '' : ` (skipped: ${noPython}; \`pip install kafka-python\`)`;

const examples = resolve(import.meta.dirname, '../../examples/macron-trainers');
const patient = { timeout: 60_000, interval: 200 };

/** What is published of a change that is listed. */
const published = ({
  evidence,
  detectedAt,
  revision,
  holderName: _holder,
  propositionText: _text,
  ...change
}: ListedChange): PublishedChangeAnswer => ({
  ...change,
  detectedAt: detectedAt ?? '',
  revision: revision ?? -1,
  evidence: evidence.map(({ role, statementId, weight }) => ({ role, statementId, weight })),
});

const byId = <Change extends { readonly id: string }>(changes: readonly Change[]): Map<string, Change> =>
  new Map(changes.map((change) => [change.id, change]));

describe.skipIf(missing !== null)(`the topics of a cluster${note}`, { timeout: 120_000 }, () => {
  const closing = new AsyncDisposableStack();
  let cluster: Cluster;
  let programs: PagePrograms;
  let prefix = '';
  /** Where feed and log end, once all was published. */
  let head = 0;
  let lastEvent = 0;

  const listed = async (): Promise<Map<string, PublishedChangeAnswer>> => {
    const answer = await fetch(`${cluster.address}/v1/changes?limit=1000`);
    const { items } = (await answer.json()) as { items: readonly ListedChange[] };
    return byId(items.map(published));
  };

  const topic = (address: string): string => `${prefix}${address}`;

  const read = (address: string): Promise<readonly (readonly TopicRecord[])[]> =>
    readTopic(kafka.broker, topic(address), ({ headers }) => {
      if (headers['ce_type'] !== 'stance.watermark') return false;
      return address === 'stance.events.v1'
        ? Number(headers['ce_sourceposition']) >= lastEvent
        : headers['ce_sequence'] === String(head);
    });

  beforeAll(async () => {
    cluster = await startCluster({ postgres, kafka }, closing);
    prefix = new URL(cluster.brokerUrl.replace('kafka:', 'http:')).searchParams.get('topicPrefix') ?? '';
    programs = await programsOf('docs/how-to/consume-from-another-language.md');
    closing.defer(() => programs.remove());
    const imported = await runStance('import', 'examples', examples, '--url', cluster.address);
    if (imported.code !== 0) throw new Error(imported.stderr);
    await vi.waitUntil(async () => (await listed()).size > 5, patient);
    const [first] = (await listed()).values();
    // One change goes with its ground, so that there is a tombstone.
    const answer = await fetch(`${cluster.address}/v1/statements/${first?.openedBy ?? ''}/retraction`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'never said' }),
    });
    ({ position: lastEvent } = (await answer.json()) as { position: number });
    await fetch(`${cluster.address}/v1/changes?minPosition=${String(lastEvent)}`);
    const feed = await openPostgresFeedReader({ url: cluster.readModelUrl });
    closing.defer(() => feed.close());
    await vi.waitUntil(async () => {
      const entries = await feed.readFeed({ after: 0, limit: 1000 });
      const isRemoved = entries.some(({ type }) => type === 'StanceChangeRemoved');
      return isRemoved && applied(entries).size === (await listed()).size;
    }, patient);
    head = await feed.head();
  }, 180_000);
  afterAll(() => closing.disposeAsync(), 60_000);

  test.for(['stance.events.v1', 'stance.changes.v1', 'stance.changes.current.v1'])(
    'have in %s what the AsyncAPI document says, and nothing else',
    async (address) => {
      const records = (await read(address)).flat();
      const found = new Set<string>();
      for (const record of records) {
        const ids = messagesFor(address, record);
        expect(ids, JSON.stringify(record)).toHaveLength(1);
        found.add(ids[0] ?? '');
      }
      expect(found.size).toBeGreaterThan(2);
    },
  );

  test('have the changes of one holder in one partition, in the order of the feed', async () => {
    const homes = new Map<string, number>();
    for (const [partition, records] of (await read('stance.changes.v1')).entries()) {
      const changes = records.filter(({ headers }) => headers['ce_type'] !== 'stance.watermark');
      const sequences = changes.map(({ headers }) => Number(headers['ce_sequence']));
      expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
      for (const { key } of changes) {
        const holder = key ?? '';
        expect(homes.get(holder) ?? partition).toBe(partition);
        homes.set(holder, partition);
      }
    }
    expect(homes.size).toBeGreaterThan(1);
  });

  describe.skipIf(noPython !== null)(`are read by the programs of the page in Python${pythonNote}`, () => {
    test('the current set, as it is listed', async () => {
      await expect
        .poll(async () => {
          const printed = await programs.run('current.py', kafka.broker, topic('stance.changes.current.v1'));
          return byId(JSON.parse(printed) as PublishedChangeAnswer[]);
        }, patient)
        .toEqual(await listed());
    });

    test('each change, as it came, which make the same set', async () => {
      const group = createHash('sha256').update(prefix).digest('hex');
      const lines = await programs.runUntil(head, 'changes.py', kafka.broker, topic('stance.changes.v1'), group);
      const current = new Map<string, PublishedChangeAnswer>();
      for (const line of lines) {
        const { type, change } = JSON.parse(line) as { type: string; change: PublishedChangeAnswer };
        if (type === 'StanceChangeRemoved') current.delete(change.id);
        else current.set(change.id, change);
      }
      expect(current).toEqual(await listed());
    });

    test('each event', async () => {
      const events = (await read('stance.events.v1'))
        .flat()
        .filter(({ headers }) => headers['ce_type'] !== 'stance.watermark');
      const expected = new Set(events.map(({ headers }) => headers['ce_sequence'])).size;
      const lines = await programs.runUntil(expected, 'events.py', kafka.broker, topic('stance.events.v1'), prefix);
      const types = lines.map((line) => (JSON.parse(line) as { type: string }).type);
      expect(new Set(types)).toEqual(new Set(events.map(({ headers }) => headers['ce_type'])));
      expect(types).toContain('StatementRetracted');
    });
  });
});
