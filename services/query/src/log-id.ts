import { firstEventId } from '@stance/event-store';
import type { EventLog } from '@stance/event-store';

/** Gives the id of a log, asked for until there is one: it stays. */
export const createLogId = (log: Pick<EventLog, 'readAll'>): (() => Promise<string | null>) => {
  let id: string | null = null;
  return async () => (id ??= await firstEventId(log));
};
