export * from './errors.ts';
export type * from './event-store.ts';
