export { describeFeedRelayStateContract, describeRelayStateContract } from './relay-state.ts';
export type { OpenedRelayState } from './relay-state.ts';
