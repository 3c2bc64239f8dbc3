export * from './errors.ts';
export type * from './distribution.ts';
export * from './ordered-log.ts';
export { partitionKeyOf } from './partition-key.ts';
