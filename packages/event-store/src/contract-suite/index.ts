export { describeEventStoreContract } from './contract.ts';
export type { OpenEventStore, OpenedEventStore } from './opened-event-store.ts';
