export { createFeedRelayMemory, createRelayMemory } from './relay-memory.ts';
export type { RelayMemory, RelayMemoryOptions } from './relay-memory.ts';
