export { checkVariableNames, readConfig } from './config.ts';
export type { Config } from './config.ts';
export { ConfigError } from './config-error.ts';
export type { ConfigFault } from './config-error.ts';
export type { SqliteStore } from './store-url.ts';
export type { LogLevel, Seed } from './variables.ts';
export { variablesTable } from './table.ts';
