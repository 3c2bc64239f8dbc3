export { registerQuery } from './register-query.ts';
export type { ChangeRecord, Progress, PublishedChanges, QueryOptions } from './query-options.ts';
export { createLogId } from './log-id.ts';
export { createReadModelProgress } from './read-model-progress.ts';
export type { ReadModelProgress, ReadModelProgressOptions } from './read-model-progress.ts';
