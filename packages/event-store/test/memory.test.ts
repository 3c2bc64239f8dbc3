import { describeEventStoreContract } from '@stance/event-store/contract-suite';
import { createMemoryEventStore } from '@stance/event-store/memory';

describeEventStoreContract('The event store in memory', async (options) => {
  const store = createMemoryEventStore(options);
  return { store, close: () => store.close() };
});
