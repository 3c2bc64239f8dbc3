export * from './day.ts';
export * from './known-statement.ts';
export * from './method.ts';
export * from './history.ts';
