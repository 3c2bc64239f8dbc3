export { openPostgresFeedRelayState, openPostgresRelayState } from './relay-state.ts';
export type { PostgresRelayStateOptions } from './relay-state.ts';
