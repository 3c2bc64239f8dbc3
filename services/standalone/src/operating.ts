import type { Readiness } from '@stance/contracts';
import { isProjecting, parkedDetail } from '@stance/projector';
import type { ProjectorStatus } from '@stance/projector';
import { checked } from '@stance/service';

import type { Stores } from './stores.ts';

/**
 * Not ready is a store that cannot be read or is not there any more, a projection that does not run, or has not caught up
 * since the start, and reads wait for that. One that falls behind later still answers, and says as of which position.
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
    readonly status: () => Pick<ProjectorStatus, 'state' | 'hasCaughtUp' | 'position' | 'parkedStreams' | 'fault'>;
  };
  readonly head: Stores['head'];
}): Promise<Readiness['checks']> => {
  const status = projector.status();
  const { state, position, parkedStreams, fault } = status;
  return {
    eventStore: await checked(eventStore.head()),
    readModel: await checked(readModel.read(() => Promise.resolve())),
    projection: {
      ok: isProjecting(status),
      detail: `${state}, at position ${position} of ${head()}${parkedDetail(parkedStreams)}${fault === null ? '' : `: ${fault.message}`}`,
    },
  };
};
