export * from './errors.ts';
export * from './tables.ts';
export type * from './writer.ts';
export type * from './change-set.ts';
export * from './words.ts';
export type * from './read-model.ts';
export type * from './named-rows.ts';
export type * from './registry-rows.ts';
export type * from './table-rows.ts';
