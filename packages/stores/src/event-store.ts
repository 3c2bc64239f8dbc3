import type { EventStoreLocation } from '@stance/config';
import type { EventLog, EventStore } from '@stance/event-store';

// Each adapter is loaded where it is asked for: the clients of servers are large, and most processes need one or none.
const onServer = () => import('@stance/event-store/eventstoredb');
const inFile = () => import('@stance/event-store/sqlite');

/** @throws EventStoreError as the adapter says. */
export const openEventStore = async (location: EventStoreLocation): Promise<EventStore> =>
  location.kind === 'sqlite'
    ? (await inFile()).openSqliteEventStore({ path: location.file })
    : (await onServer()).openEventStoreDb({ url: location.url });

/** The reading side of an event store; where it can tell by itself that the log has grown, with `onHead`. */
export type OpenedEventLog = EventLog & Partial<Pick<EventStore, 'onHead'>>;

/** The reading side alone, beside whoever writes. @throws EventStoreError as the adapter says. */
export const openEventLog = async (location: EventStoreLocation): Promise<OpenedEventLog> =>
  location.kind === 'sqlite'
    ? (await inFile()).openSqliteEventLogReader({ path: location.file })
    : (await onServer()).openEventStoreDb({ url: location.url });

/** Whether the positions of its log count its events, so that a difference of two says how many lie between. */
export const countsPositions = ({ kind }: EventStoreLocation): boolean => kind === 'sqlite';
