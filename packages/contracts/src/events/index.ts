export type { EventOf } from './event.ts';
export type * from './stance-event.ts';
export * from './statement-events.ts';
export * from './actor-events.ts';
export * from './proposition-events.ts';
export * from './stored.ts';
export * from './event-type.ts';
export * from './registry.ts';
export * from './codec.ts';
