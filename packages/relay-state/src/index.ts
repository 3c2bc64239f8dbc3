export * from './errors.ts';
export type * from './relay-state.ts';
