export { ProjectorError } from './errors.ts';
export { isProjecting, projectionGauges, projectionStatus } from './projection-status.ts';
export { startProjector } from './projector.ts';
export type { Projector, ProjectorLogger, ProjectorOptions, ProjectorState, ProjectorStatus } from './projector.ts';
