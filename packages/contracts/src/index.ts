export * from './ids.ts';
export * from './actor.ts';
export * from './proposition.ts';
export * from './statement.ts';
export * from './events/index.ts';
