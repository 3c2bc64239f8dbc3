import type { NewEvent } from '@stance/event-store';

type Written = Pick<NewEvent, 'type' | 'schemaVersion' | 'data'>;
type Data = Readonly<Record<string, unknown>>;

const withoutInPassing = ({ inPassing: _, ...data }: Data): Data => data;

/** What was written in version 1 by who writes this in version 2 now. */
const first: Readonly<Record<string, (data: Data) => Data>> = {
  StatementCorrected: ({ changed: _, ...data }) => data,
  ActorRegistered: withoutInPassing,
  ActorAliasAdded: ({ actorId, alias }) => ({ actorId, ...(alias as object) }),
  PropositionDefined: withoutInPassing,
  PropositionRelated: ({ from, ...data }) => ({ propositionId: from, ...data }),
};

/** An event as it was written before there was a version 2 of its type. */
export const asFirstWritten = (event: Written): Written => {
  const back = first[event.type];
  if (back === undefined || event.schemaVersion !== 2) return event;
  return { ...event, schemaVersion: 1, data: JSON.stringify(back(JSON.parse(event.data) as Data)) };
};
