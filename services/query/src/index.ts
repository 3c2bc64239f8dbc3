export { registerQuery } from './register-query.ts';
export type { ChangeRecord, Progress, PublishedChanges, QueryOptions } from './query-options.ts';
