import { setPriority } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

import { defaultMethod } from '@stance/domain';
import { makeVersion } from '@stance/projection';
import { countsPositions, openEventLog, openVersionCatalogue, parkedStreams, versionWriters } from '@stance/stores';

import { faultOf } from '../messages.ts';
import type { Fault } from '../messages.ts';
import type { BuilderOptions, FromBuilder } from './builder-messages.ts';

/** How often it looks whether anything came in, in milliseconds. */
const pollInterval = 100;
const shortestDelay = 100;
const longestDelay = 5000;

// The host hands over exactly this.
const { eventStore, readModel, version, yields } = workerData as BuilderOptions;
// Behind those who answer, before the projection, which has less to do. A priority is the calling thread's on Linux alone.
if (process.platform === 'linux' && yields) setPriority(5);

const stopping = new AbortController();
const { signal } = stopping;
/** Any message asks it to stop. */
parentPort?.on('message', () => stopping.abort(new Error('the version is left where it is')));

const send = (message: FromBuilder): void => {
  parentPort?.postMessage(message);
};

/** Waits, unless it is to stop. */
const pause = (ms: number): Promise<unknown> => delay(ms, undefined, { signal }).catch(() => undefined);

/** Goes on with the version from where it stands, until it is to stop. @throws whatever keeps it from that. */
const goOn = async (): Promise<void> => {
  await using opened = new AsyncDisposableStack();
  const catalogue = opened.adopt(await openVersionCatalogue(readModel), (each) => each.close());
  const source = opened.adopt(await openEventLog(eventStore), (each) => each.close());
  const entry = (await catalogue.list()).find((each) => each.version === version);
  // It was dropped meanwhile.
  if (entry === undefined) return;
  await makeVersion({
    source,
    head: () => source.head(),
    countsPositions: countsPositions(eventStore),
    catalogue,
    version: entry,
    method: defaultMethod,
    place: await versionWriters(readModel, version, defaultMethod),
    ...(entry.parks ? {} : { stopsAtPoisonBut: await parkedStreams(readModel) }),
    onProgress: (progress) => send({ kind: 'progress', progress }),
    signal,
    wait: () => pause(pollInterval),
  });
};

/** Notes in the catalogue why nobody goes on with it. */
const halt = async ({ code, message }: Fault): Promise<void> => {
  const catalogue = await openVersionCatalogue(readModel);
  try {
    const entry = (await catalogue.list()).find((each) => each.version === version);
    if (entry !== undefined) await catalogue.halt(entry, { code, message });
  } finally {
    await catalogue.close();
  }
};

let wait = shortestDelay;
while (!signal.aborted) {
  try {
    await goOn();
    break;
  } catch (error) {
    if (signal.aborted) break;
    const fault = faultOf(error);
    if (!fault.retryable) {
      // Where that fails, too, it is begun again when the projector is, and ends here once more.
      await halt(fault).catch(() => undefined);
      send({ kind: 'halted', fault });
      break;
    }
    send({ kind: 'retrying', fault });
    await pause(wait);
    wait = Math.min(wait * 2, longestDelay);
  }
}
parentPort?.close();
