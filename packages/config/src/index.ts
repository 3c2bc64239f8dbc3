export { checkVariableNames, readConfig } from './config.ts';
export type { Config } from './config.ts';
export { ConfigError } from './config-error.ts';
export type { ConfigFault } from './config-error.ts';
export type { Locations, ServiceName } from './fitting.ts';
export type { BrokerLocation, EventStoreLocation, ReadModelLocation, ServerStore, SqliteStore } from './store-url.ts';
export type { LogLevel, Seed } from './variables.ts';
export { variablesTable } from './table.ts';
