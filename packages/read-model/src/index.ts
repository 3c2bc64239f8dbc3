export * from './errors.ts';
export * from './tables.ts';
export type * from './writer.ts';
export type * from './change-set.ts';
