export * from './errors.ts';
export { createPositionWaiters } from './position-waiters.ts';
export type { PositionWaiters, WaitOptions } from './position-waiters.ts';
export { createProjection } from './projection.ts';
export type { AppliedPage, Projection, ProjectionOptions } from './projection.ts';
export { rebuild } from './rebuild.ts';
export type { RebuildOptions, Rebuilt } from './rebuild.ts';
