export { countsPositions, openEventLog, openEventStore } from './event-store.ts';
export type { OpenedEventLog } from './event-store.ts';
export { openFeedReader, openFeedStore } from './feed.ts';
export { openChangeSetReader, openReadModel, openReadModelWriter } from './read-model.ts';
export {
  activeVersion,
  openVersionCatalogue,
  openVersionRows,
  removeVersion,
  versionLocation,
  versionWriters,
} from './versions.ts';
export type { VersionLocation, VersionWriters } from './versions.ts';
export { parkedStreams } from './parked-streams.ts';
export { openWebhookStore } from './webhooks.ts';
