import type { ProjectionStatus } from '@stance/contracts';
import { defaultMethod } from '@stance/domain';

import type { Projector, ProjectorState, ProjectorStatus } from './projector.ts';

const stateNames: Readonly<Record<ProjectorState, ProjectionStatus['state']>> = {
  'standing-by': 'standing-by',
  'catching-up': 'catching-up',
  following: 'live',
  restarting: 'starting',
  failed: 'failed',
  stopped: 'stopped',
};

/** Whether what it has written can be answered from: one that has caught up, and falls behind later, says how far it is. */
export const isProjecting = ({ state, hasCaughtUp }: Pick<ProjectorStatus, 'state' | 'hasCaughtUp'>): boolean =>
  hasCaughtUp && (state === 'following' || state === 'catching-up');

/** What a readiness check says of parked streams: they are no reason not to be ready, but one to look. */
export const parkedDetail = (parkedStreams: number): string =>
  parkedStreams === 0 ? '' : `, ${String(parkedStreams)} ${parkedStreams === 1 ? 'stream' : 'streams'} parked`;

/** The one projection there is, as the API shows it. */
export const projectionStatus = (status: ProjectorStatus): ProjectionStatus => {
  const { state, position, feedPosition, lagEvents, lagSeconds, parkedStreams } = status;
  return {
    name: defaultMethod.name,
    version: defaultMethod.version,
    state: stateNames[state],
    position,
    published: feedPosition,
    lag: { events: lagEvents, seconds: lagSeconds },
    parked: parkedStreams,
  };
};

interface ProjectionGauge {
  readonly name: `stance_${string}`;
  readonly help: string;
  readonly read: () => number | null;
}

/** What `/metrics` says of a projector. */
export const projectionGauges = ({ status }: Pick<Projector, 'status'>): readonly ProjectionGauge[] => [
  {
    name: 'stance_projection_position',
    help: 'The position that the read model has passed.',
    read: () => status().position,
  },
  {
    name: 'stance_projection_lag_events',
    help: 'How many events the read model is behind, where that is known.',
    read: () => status().lagEvents,
  },
  {
    name: 'stance_projection_lag_seconds',
    help: 'For how long the read model has been behind.',
    read: () => status().lagSeconds,
  },
  {
    name: 'stance_projection_parked_streams',
    help: 'How many streams wait because an event could not be handled.',
    read: () => status().parkedStreams,
  },
  {
    name: 'stance_projection_restarts',
    help: 'How often the projector had to be started again.',
    read: () => status().restarts,
  },
  {
    name: 'stance_rebuild_position',
    help: 'The position that a version of the read model has passed that is being made; none where none is.',
    read: () => status().versions.find(({ underWay }) => underWay)?.position ?? null,
  },
  {
    name: 'stance_projection_published_position',
    help: 'The position up to which the change feed says what the read model has.',
    read: () => status().feedPosition,
  },
  { name: 'stance_feed_position', help: 'The last entry of the change feed.', read: () => status().feedHead },
];
