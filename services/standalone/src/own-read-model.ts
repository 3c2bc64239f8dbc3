import { ProblemError } from '@stance/contracts';
import type { Projector } from '@stance/projector';
import type { ReadModel } from '@stance/read-model';

/**
 * The read model, as long as it is the one that this process makes: where the files were replaced under it, that at the
 * path may be another service's.
 */
export const ownReadModel = (readModel: ReadModel, projector: Pick<Projector, 'status'>): ReadModel => ({
  ...readModel,
  read: async (work) => {
    if (projector.status().fault?.code === 'event-store-removed') {
      throw new ProblemError('read-model-unavailable', {
        detail:
          'The file of the event store was removed or replaced under the running service: it has to be stopped, and started again.',
      });
    }
    return readModel.read(work);
  },
});
