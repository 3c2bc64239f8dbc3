export * from './errors.ts';
export type * from './distribution.ts';
