import { setTimeout as delay } from 'node:timers/promises';

import { freePort } from './free-port.ts';
import { startProcess } from './running-process.ts';
import type { RunningProcess } from './running-process.ts';

/** What the services of a cluster share. */
export interface ClusterStores {
  readonly eventStoreUrl: string;
  readonly readModelUrl: string;
  readonly brokerUrl: string;
}

export type ClusterService = 'ingestion' | 'relay' | 'projector' | 'query' | 'webhooks';

/** One service of a cluster, as a process of its own. */
export interface ClusterProcess extends RunningProcess {
  readonly service: ClusterService;
  /** `http://127.0.0.1:4000` */
  readonly address: string;
}

const isReady = async (address: string): Promise<boolean> => {
  const answer = await fetch(`${address}/readyz`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok === true;
};

/**
 * Resolves once a service says that it is ready.
 *
 * @throws Error with what it wrote, where it ends before that.
 */
export const whenReady = async ({ address, service, gone, written }: ClusterProcess): Promise<void> => {
  const ended = new AbortController();
  void gone.then(() => ended.abort());
  while (!(await isReady(address))) {
    if (ended.signal.aborted) throw new Error(`${service} ended before it was ready:\n${written()}`);
    await delay(20);
  }
};

/**
 * Starts a service; it may not be ready yet, see `whenReady`.
 *
 * @param more variables of its environment; without `STANCE_PORT` it gets a port that is free.
 */
export const startClusterProcess = async (
  service: ClusterService,
  { eventStoreUrl, readModelUrl, brokerUrl }: ClusterStores,
  more: Readonly<Record<string, string>> = {},
): Promise<ClusterProcess> => {
  const port = more['STANCE_PORT'] ?? String(await freePort());
  const running = startProcess(`services/${service}/src/main.ts`, {
    STANCE_PORT: port,
    STANCE_EVENT_STORE_URL: eventStoreUrl,
    STANCE_READ_MODEL_URL: readModelUrl,
    STANCE_BROKER_URL: brokerUrl,
    STANCE_LOG_LEVEL: 'warn',
    STANCE_REQUESTS_PER_SECOND: '1000000',
    ...more,
  });
  return { ...running, service, address: `http://127.0.0.1:${port}` };
};

/** A server of EventStoreDB's protocol, which forgets everything when it ends. */
export interface EventStoreSimulator extends RunningProcess {
  readonly url: string;
}

export interface SimulatorOptions {
  /** What it listens on, if not this machine alone. */
  readonly host?: string;
  /** One that is free, if left out. */
  readonly port?: number;
  /** What it says of itself, if not that it is new enough. */
  readonly version?: string;
}

export const startEventStoreSimulator = async (options: SimulatorOptions = {}): Promise<EventStoreSimulator> => {
  const { host = '127.0.0.1', port, version } = options;
  const own = port ?? (await freePort());
  const running = startProcess('packages/event-store/test/eventstoredb/simulator/main.ts', {
    SIMULATOR_HOST: host,
    SIMULATOR_PORT: String(own),
    ...(version === undefined ? {} : { SIMULATOR_VERSION: version }),
  });
  const ended = new AbortController();
  void running.gone.then(() => ended.abort());
  while (!running.written().includes('esdb://')) {
    if (ended.signal.aborted) throw new Error(`the simulator of EventStoreDB ended:\n${running.written()}`);
    await delay(20);
  }
  return { ...running, url: `esdb://127.0.0.1:${String(own)}?tls=false` };
};
