import type { Projection } from '@stance/projection';
import type { ReadModelWriter } from '@stance/read-model';

import type { CommandAnswer, ProjectionCommand } from './messages.ts';

/** Carries out commands about parked events. @throws ReadModelError, EventStoreError */
export const handleCommand = async (
  projection: Pick<Projection, 'retry'>,
  writer: Pick<ReadModelWriter, 'parkedEvents'>,
  { kind, stream }: ProjectionCommand,
): Promise<CommandAnswer> => {
  const retried = kind === 'retry' ? await projection.retry(stream) : null;
  const [first] = await writer.parkedEvents(stream);
  return {
    retried,
    first:
      first === undefined
        ? null
        : { revision: first.revision, eventId: first.eventId, code: first.code, message: first.message },
  };
};
