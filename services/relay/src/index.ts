export { machineClock } from './clock.ts';
export type { RelayClock } from './clock.ts';
export { startRelay } from './relay.ts';
export type { Relay, RelayLogger, RelayOptions } from './relay.ts';
export type { RelayFault } from './persistence.ts';
export type { RelayActivity, RelayStatus } from './status.ts';
