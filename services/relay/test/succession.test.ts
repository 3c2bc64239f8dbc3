import { DistributionError } from '@stance/distribution';
import type { DistributionWriter } from '@stance/distribution';
import { RelayStateError } from '@stance/relay-state';
import { expect, it } from 'vitest';

import { someEvents } from './support/offset-log.ts';
import { createWorld, failing } from './support/relays.ts';

const brokerAway = new DistributionError('distribution-unavailable', 'the broker is away', { retryable: true });
const stateAway = new RelayStateError('relay-state-unavailable', 'the database is away', { retryable: true });

/** A writer whose sends take effect when they are let through. */
const gated = (writer: Pick<DistributionWriter, 'send'>) => {
  const waiting: (() => void)[] = [];
  return {
    waiting,
    send: async (...given: Parameters<DistributionWriter['send']>): Promise<void> => {
      await new Promise<void>((resolve) => void waiting.push(resolve));
      await writer.send(...given);
    },
  };
};

it('stands by while another relay has the lease, says so, and takes over when that one stops', async () => {
  const { clock, log, partitions, said, start } = createWorld();
  log.append(someEvents(5));
  const first = start({ owner: 'a' });
  await clock.settle();
  const second = start({ owner: 'b' });
  await clock.pass(60_000);
  expect(second.status()).toMatchObject({ state: 'standing-by', epoch: null, batches: 0 });
  expect(said.filter((message) => message.includes('stands by'))).toHaveLength(1);
  await first.stop();
  log.append(someEvents(5));
  await clock.pass(1000);
  expect(second.status()).toMatchObject({ state: 'relaying', epoch: 2, position: 100 });
  expect(partitions.positions()).toEqual(log.events.map(({ event }) => event.position));
});

it('takes over from one that is gone without a word once its lease has run out, and sends at most a batch again', async () => {
  const { clock, log, partitions, memory, start, writer } = createWorld();
  log.append(someEvents(100));
  let sends = 0;
  const never = new Promise<never>(() => undefined);
  const state = memory.open();
  start({
    owner: 'a',
    // It dies after its third send went out, before it could store that.
    state: { ...state, renew: () => never, store: (move) => (sends === 3 ? never : state.store(move)) },
    writer: {
      send: (...given) => {
        sends += 1;
        return writer.send(...given);
      },
    },
  });
  await clock.settle();
  const second = start({ owner: 'b' });
  await clock.pass(8000);
  expect(second.status().state).toBe('standing-by');
  await clock.pass(2000);
  expect(second.status()).toMatchObject({ state: 'relaying', position: log.end() });
  const positions = log.events.map(({ event }) => event.position);
  expect(partitions.positions()).toEqual([...positions.slice(0, 30), ...positions.slice(20)]);
});

it('keeps the lease while a send takes long', async () => {
  const { clock, log, start, writer } = createWorld();
  log.append(someEvents(5));
  const gate = gated(writer);
  const first = start({ owner: 'a', writer: gate });
  await clock.settle();
  const second = start({ owner: 'b' });
  await clock.pass(600_000);
  expect(first.status()).toMatchObject({ state: 'relaying', epoch: 1 });
  expect(second.status().state).toBe('standing-by');
  gate.waiting[0]?.();
  await clock.settle();
  expect(first.status().position).toBe(50);
});

it('cannot move the checkpoint when it wakes after its lease went to another, and stands by', async () => {
  const { clock, log, partitions, memory, start, writer } = createWorld();
  log.append(someEvents(30));
  const gate = gated(writer);
  const state = failing(memory.open(), (call) => (call === 'renew' ? stateAway : null));
  const zombie = start({ owner: 'a', writer: gate, state });
  await clock.settle();
  const heir = start({ owner: 'b' });
  await clock.until(() => heir.status().position === 300);
  const after = memory.checkpoint();
  gate.waiting[0]?.();
  await clock.settle();
  expect(memory.checkpoint()).toEqual(after);
  expect(zombie.status()).toMatchObject({ state: 'standing-by', epoch: null, fault: null });
  expect(gate.waiting).toHaveLength(1);
  const positions = log.events.map(({ event }) => event.position);
  expect(partitions.positions()).toEqual([...positions, ...positions.slice(0, 10)]);
});

it('is well again when it takes over from itself, after a move of the checkpoint that took effect and was refused', async () => {
  const { clock, log, memory, start } = createWorld();
  log.append(someEvents(5));
  const state = memory.open();
  const errors = [stateAway, new RelayStateError('relay-superseded', 'another relay has taken over')];
  const store: typeof state.store = async (move) => {
    await state.store(move);
    const error = errors.shift();
    if (error !== undefined) throw error;
  };
  const relay = start({ owner: 'a', state: { ...state, store } });
  await clock.settle();
  expect(relay.status()).toMatchObject({ state: 'waiting', fault: { code: 'relay-state-unavailable' } });
  await clock.until(() => relay.status().epoch === 2);
  await clock.pass(5000);
  expect(relay.status()).toMatchObject({ state: 'relaying', position: 50, fault: null });
});

it('begins no send when its lease may have run out, and asks for another', async () => {
  const { clock, log, memory, start } = createWorld();
  log.append(someEvents(5));
  let reading = Promise.withResolvers<void>();
  const readAll: typeof log.source.readAll = async (options) => {
    await reading.promise;
    return log.source.readAll(options);
  };
  let sentUnder: number | null = null;
  const relay = start({
    owner: 'a',
    source: { ...log.source, readAll },
    writer: {
      send: async () => {
        sentUnder ??= relay.status().epoch;
      },
    },
  });
  await clock.pass(7000);
  reading.resolve();
  reading = Promise.withResolvers();
  reading.resolve();
  await clock.until(() => memory.checkpoint().position === 50);
  expect(sentUnder).toBe(2);
});

it('gives way where it does not get on, so that a relay that does can take over', async () => {
  const { clock, log, memory, start } = createWorld();
  log.append(someEvents(5));
  const cutOff = start({ owner: 'a', writer: { send: () => Promise.reject(brokerAway) } });
  await clock.settle();
  const second = start({ owner: 'b' });
  await clock.until(() => memory.checkpoint().position === 50);
  expect(second.status().state).toBe('relaying');
  await clock.until(() => cutOff.status().state === 'standing-by');
  expect(cutOff.status().fault).toBeNull();
});

it('stops in order: the send at hand is stored, the lease given back, and nothing more is sent', async () => {
  const { clock, log, memory, start, writer } = createWorld();
  log.append(someEvents(30));
  const gate = gated(writer);
  const relay = start({ owner: 'a', writer: gate });
  await clock.settle();
  let isStopped = false;
  const stopping = relay.stop().then(() => (isStopped = true));
  await clock.settle();
  expect(isStopped).toBe(false);
  gate.waiting[0]?.();
  await stopping;
  expect(memory.checkpoint().position).toBe(100);
  expect(gate.waiting).toHaveLength(1);
  expect(relay.status()).toMatchObject({ state: 'stopped', epoch: null });
  expect(await memory.open().acquire('b', 1000)).not.toBeNull();
});

it('stops within its deadline, whatever hangs, and begins nothing after that', async () => {
  const { clock, log, memory, start, writer } = createWorld();
  log.append(someEvents(30));
  const gate = gated(writer);
  const relay = start({ owner: 'a', writer: gate });
  await clock.settle();
  let isStopped = false;
  const stopping = relay.stop({ deadline: 5000 }).then(() => (isStopped = true));
  await clock.pass(4999);
  expect(isStopped).toBe(false);
  await clock.pass(1);
  await stopping;
  const { checkpoint } = memory;
  gate.waiting[0]?.();
  await clock.pass(60_000);
  expect({ position: checkpoint().position, sends: gate.waiting.length }).toEqual({ position: 0, sends: 1 });
  expect(await memory.open().acquire('b', 1000)).not.toBeNull();
});

it.each(['acquire', 'store', 'release'] as const)('stops at once while the database is away at %s', async (away) => {
  const { clock, log, memory, start } = createWorld();
  log.append(someEvents(5));
  const relay = start({ owner: 'a', state: failing(memory.open(), (call) => (call === away ? stateAway : null)) });
  await clock.settle();
  await relay.stop();
  expect(relay.status()).toMatchObject({ state: 'stopped', fault: null });
});
