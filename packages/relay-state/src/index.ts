export * from './errors.ts';
export type * from './relay-state.ts';
export { beforeAnyFeed, beginningOfLog } from './beginning.ts';
