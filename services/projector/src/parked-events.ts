import type { Projection } from '@stance/projection';
import type { ReadModelWriter } from '@stance/read-model';

import type { ParkedAnswer, ParkedCommand } from './messages.ts';

/** Carries out commands about parked events. @throws ReadModelError, EventStoreError */
export const handleParked = async (
  projection: Pick<Projection, 'retry'>,
  writer: Pick<ReadModelWriter, 'parkedEvents'>,
  { kind, stream }: ParkedCommand,
): Promise<ParkedAnswer> => {
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
