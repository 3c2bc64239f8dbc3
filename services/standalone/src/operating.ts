import type { ProjectionStatus, Readiness } from '@stance/contracts';
import { defaultMethod } from '@stance/domain';
import type { ProjectorState, ProjectorStatus } from '@stance/projector';
import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

import type { Stores } from './stores.ts';

const stateNames: Readonly<Record<ProjectorState, ProjectionStatus['state']>> = {
  'catching-up': 'catching-up',
  following: 'live',
  restarting: 'starting',
  failed: 'failed',
  stopped: 'stopped',
};

/** The one projection there is, as the API shows it. */
export const projectionStatus = ({ projector, head }: Stores): ProjectionStatus => {
  const { state, position, feedPosition, lagSeconds, parkedStreams } = projector.status();
  return {
    name: defaultMethod.name,
    version: defaultMethod.version,
    state: stateNames[state],
    position,
    published: feedPosition,
    lag: { events: Math.max(0, head() - position), seconds: lagSeconds },
    parked: parkedStreams,
  };
};

const checked = (work: Promise<unknown>): Promise<Readiness['checks'][string]> =>
  work.then(
    () => ({ ok: true }),
    (error: unknown) => ({ ok: false, detail: error instanceof Error ? error.message : String(error) }),
  );

/**
 * Not ready is a store whose file cannot be read or is not there any more, a projection that does not run, or has not caught up since the start, and reads wait for that. One that
 * falls behind later still answers, and says as of which position.
 */
export const readinessChecks = async ({
  eventStore,
  readModel,
  projector,
  head,
}: {
  readonly eventStore: Pick<Stores['eventStore'], 'head'>;
  readonly readModel: Pick<Stores['readModel'], 'read'>;
  readonly projector: {
    readonly status: () => Pick<ProjectorStatus, 'state' | 'hasCaughtUp' | 'position' | 'fault'>;
  };
  readonly head: Stores['head'];
}): Promise<Readiness['checks']> => {
  const { state, hasCaughtUp, position, fault } = projector.status();
  const projecting = state === 'following' || (state === 'catching-up' && hasCaughtUp);
  return {
    eventStore: await checked(eventStore.head()),
    readModel: await checked(readModel.read(() => Promise.resolve())),
    projection: {
      ok: projecting,
      detail: `${state}, at position ${position} of ${head()}${fault === null ? '' : `: ${fault.message}`}`,
    },
  };
};

export const registerGauges = (registry: Registry, stores: Stores): void => {
  const gauges: readonly (readonly [name: string, help: string, read: () => number])[] = [
    ['stance_event_store_position', 'The position of the last durable event.', stores.head],
    [
      'stance_projection_position',
      'The position that the read model has passed.',
      () => stores.projector.status().position,
    ],
    [
      'stance_projection_lag_events',
      'How many events the read model is behind.',
      () => projectionStatus(stores).lag.events,
    ],
    [
      'stance_projection_lag_seconds',
      'For how long the read model has been behind.',
      () => projectionStatus(stores).lag.seconds,
    ],
    [
      'stance_projection_parked_streams',
      'How many streams wait because an event could not be handled.',
      () => projectionStatus(stores).parked,
    ],
    [
      'stance_projection_restarts',
      'How often the projector had to be started again.',
      () => stores.projector.status().restarts,
    ],
    [
      'stance_projection_published_position',
      'The position up to which the change feed says what the read model has.',
      () => projectionStatus(stores).published,
    ],
    ['stance_feed_position', 'The last entry of the change feed.', () => stores.projector.status().feedHead],
  ];
  for (const [name, help, read] of gauges) {
    const gauge = new Gauge({
      name,
      help,
      registers: [],
      collect() {
        this.set(read());
      },
    });
    registry.registerMetric(gauge);
  }
};
