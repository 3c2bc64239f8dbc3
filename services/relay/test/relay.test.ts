import { DistributionError } from '@stance/distribution';
import { EventStoreError } from '@stance/event-store';
import { RelayStateError } from '@stance/relay-state';
import { expect, it } from 'vitest';

import { someEvents } from './support/offset-log.ts';
import { createWorld, failing } from './support/relays.ts';

const brokerAway = new DistributionError('distribution-unavailable', 'the broker is away', { retryable: true });
const storeAway = new EventStoreError('event-store-unavailable', 'the store is away', { retryable: true });
const stateAway = new RelayStateError('relay-state-unavailable', 'the database is away', { retryable: true });

it('sends the whole log, in order and once, each event linked to the one before', async () => {
  const { clock, log, partitions, memory, start } = createWorld();
  log.append(someEvents(25));
  const relay = start({ owner: 'a' });
  await clock.until(() => relay.status().position === log.end());
  log.append(someEvents(3, 'statement-b'));
  await clock.until(() => relay.status().position === log.end());
  const events = partitions.records.flat().flatMap((record) => (record.kind === 'event' ? [record.linked] : []));
  expect(events.sort((a, b) => a.count - b.count)).toEqual(log.events);
  expect(partitions.positions()).toEqual(log.events.map(({ event }) => event.position));
  expect(memory.checkpoint()).toEqual({ position: 280, lastEvent: 280, count: 28, recordedAt: 1024 });
  expect(relay.status()).toMatchObject({ state: 'relaying', epoch: 1, count: 28, batches: 4, resends: 0, fault: null });
});

it('lets go who waits until it has sent so far, or all that it has heard of, and tells those left that it was stopped', async () => {
  const { clock, log, start } = createWorld();
  log.append(someEvents(25));
  const relay = start({ owner: 'a' });
  let hasPassed = false;
  void relay.whenPassed(log.end()).then(() => (hasPassed = true));
  await clock.until(() => relay.status().position === log.end());
  await clock.settle();
  expect(hasPassed).toBe(true);
  await relay.whenCaughtUp();
  const never = relay.whenPassed(log.end() + 1);
  const stopping = relay.stop();
  await expect(never).rejects.toThrow('the relay was stopped');
  await stopping;
  await expect(relay.whenPassed(log.end() + 1)).rejects.toThrow('the relay was stopped');
});

it('marks how far it came behind every send, and each second where nothing comes in', async () => {
  const { clock, log, partitions, start } = createWorld();
  log.append(someEvents(11));
  start({ owner: 'a' });
  await clock.pass(3500);
  const end = log.totalsAt(110);
  expect(partitions.marks()).toEqual([log.totalsAt(100), end, end, end, end]);
});

it('sends at most every 50 ms while little comes in, and at once what comes in after a rest', async () => {
  const { clock, log, partitions, start } = createWorld();
  start({ owner: 'a', batch: 1000 });
  await clock.pass(500);
  const before = partitions.marks().length;
  for (let event = 0; event < 100; event += 1) {
    log.append(someEvents(1));
    await clock.pass(1);
    if (event === 0) expect(partitions.positions()).toHaveLength(1);
  }
  expect(partitions.marks().length - before).toBe(3);
  await clock.pass(50);
  expect(partitions.positions()).toHaveLength(100);
});

it('goes on at once where a page ends before the log does', async () => {
  const { clock, log, partitions, start } = createWorld({ looksAt: 5 });
  log.append(someEvents(50));
  start({ owner: 'a' });
  await clock.settle();
  expect(partitions.positions()).toHaveLength(50);
});

it('passes what is none of ours, marks it, and links the next event to the last of ours', async () => {
  const { clock, log, partitions, memory, start } = createWorld({ looksAt: 4 });
  const foreign = Array.from({ length: 30 }, () => ({ offset: 7, stream: null, recordedAt: 0 }));
  log.append([...someEvents(1), ...foreign]);
  const relay = start({ owner: 'a' });
  await clock.until(() => memory.checkpoint().position === log.end());
  expect(partitions.marks().at(-1)).toEqual({ position: 220, count: 1, recordedAt: 1000 });
  expect(memory.checkpoint()).toEqual({ position: 220, lastEvent: 10, count: 1, recordedAt: 1000 });
  await relay.stop();
  log.append(someEvents(1));
  start({ owner: 'b' });
  await clock.until(() => partitions.positions().length === 2);
  const [last] = partitions.records.flat().filter((record) => record.kind === 'event' && record.linked.count === 2);
  expect(last).toMatchObject({ linked: { previous: 10, event: { position: 230 } } });
});

it('reads the next page while one is sent, and sends one at a time', async () => {
  const { clock, log, partitions, start, writer } = createWorld();
  log.append(someEvents(30));
  const asked: number[] = [];
  const readAll: typeof log.source.readAll = (options) => {
    asked.push(options.after);
    return log.source.readAll(options);
  };
  const gates: (() => void)[] = [];
  const send: typeof writer.send = async (events, watermark) => {
    await new Promise<void>((resolve) => void gates.push(resolve));
    partitions.write(events, watermark);
  };
  start({ owner: 'a', source: { ...log.source, readAll }, writer: { send } });
  await clock.settle();
  expect({ asked, sends: gates.length }).toEqual({ asked: [0, 100], sends: 1 });
  gates[0]?.();
  await clock.settle();
  expect({ asked, sends: gates.length }).toEqual({ asked: [0, 100, 200], sends: 2 });
});

it('sends the same batch again where it is not known whether it went out, and says what it waits for', async () => {
  const { clock, log, partitions, memory, said, start, writer } = createWorld();
  log.append(someEvents(5));
  let failures = 3;
  const send: typeof writer.send = async (events, watermark) => {
    await writer.send(events, watermark);
    failures -= 1;
    if (failures >= 0) throw brokerAway;
  };
  const relay = start({ owner: 'a', writer: { send } });
  await clock.settle();
  log.append(someEvents(5));
  const fault = { code: 'distribution-unavailable', message: 'the broker is away', retryable: true, since: 1_000_000 };
  expect(relay.status()).toMatchObject({ state: 'waiting', fault, position: 0 });
  expect(memory.checkpoint().position).toBe(0);
  await clock.until(() => relay.status().state === 'relaying');
  const again = Array.from({ length: 4 }, () => [10, 20, 30, 40, 50]);
  expect(partitions.positions()).toEqual([...again.flat(), 60, 70, 80, 90, 100]);
  expect(relay.status()).toMatchObject({ resends: 3, batches: 2, fault: null });
  expect(said.filter((message) => message.includes('tries again'))).toHaveLength(1);
});

it.each([
  ['read', storeAway],
  ['checkpoint', stateAway],
  ['lease', stateAway],
  ['send', new DistributionError('distribution-denied', 'the user of the broker may not write')],
])('waits as long as it takes while a %s fails, never skips, and goes on', async (step, error) => {
  const { clock, log, partitions, memory, start, writer } = createWorld();
  log.append(someEvents(25));
  let isAway = false;
  const check = (asked: string): void => {
    if (isAway && asked === step) throw error;
  };
  const state = failing(memory.open(), (call) => {
    const asked = call === 'store' ? 'checkpoint' : 'lease';
    return isAway && asked === step ? error : null;
  });
  const relay = start({
    owner: 'a',
    state,
    source: {
      ...log.source,
      readAll: async (options) => {
        check('read');
        return log.source.readAll(options);
      },
    },
    writer: {
      send: async (events, watermark) => {
        check('send');
        await writer.send(events, watermark);
      },
    },
  });
  await clock.until(() => relay.status().position === log.end());
  isAway = true;
  log.append(someEvents(25));
  await clock.until(() => relay.status().state === 'waiting');
  const { fault } = relay.status();
  await clock.pass(600_000);
  expect(relay.status()).toMatchObject({
    state: 'waiting',
    fault: { code: error.code, message: error.message, retryable: error.retryable, since: fault?.since },
  });
  isAway = false;
  await clock.until(() => relay.status().state === 'relaying' && relay.status().position === log.end());
  expect([...new Set(partitions.positions())]).toEqual(log.events.map(({ event }) => event.position));
  expect(memory.checkpoint()).toMatchObject({ position: log.end(), count: 50 });
});

it('says how far it is behind, in events only where positions count them', async () => {
  const { clock, log, start, writer } = createWorld();
  log.append(someEvents(1).map((entry) => ({ ...entry, offset: 1 })));
  let isAway = false;
  const send: typeof writer.send = (events, watermark) =>
    isAway ? Promise.reject(brokerAway) : writer.send(events, watermark);
  const relay = start({ owner: 'a', writer: { send } });
  expect(relay.status()).toMatchObject({ lagEvents: null, lagSeconds: null });
  await clock.until(() => relay.status().position === 1);
  await clock.pass(2000);
  expect(relay.status()).toMatchObject({ head: 1, lagEvents: 0, lagSeconds: 0 });
  isAway = true;
  log.append(someEvents(2).map((entry) => ({ ...entry, offset: 1 })));
  await clock.pass(4000);
  expect(relay.status()).toMatchObject({ head: 3, lagEvents: 2, lagSeconds: 4 });
  isAway = false;
  log.append(someEvents(1));
  await clock.until(() => relay.status().position === log.end());
  isAway = true;
  log.append(someEvents(1));
  await clock.settle();
  expect(relay.status()).toMatchObject({ head: 23, lagEvents: null, lagSeconds: 0 });
});
