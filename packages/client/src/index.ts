export { createClient } from './client.ts';
export type { Client, ClientOptions } from './client.ts';
export { ClientError } from './client-error.ts';
export type { ClientErrorCode, FailureCode } from './client-error.ts';
export type { RetryPolicy } from './call/retry.ts';
export type { CallOptions } from './call/write.ts';
export type * from './contract/answer.ts';
export type * from './contract/input.ts';
export type * from './contract/query.ts';
export type { Pages } from './pages.ts';
export type { Progress } from './progress.ts';
export type { ChangeCopy } from './follow/change-copy.ts';
export type { ChangeEvent, StatementEvent } from './follow/event.ts';
export type { FollowOptions } from './follow/follow.ts';
export type { Actors } from './resource/actors.ts';
export type { Changes, CopyOptions } from './resource/changes.ts';
export type { Histories } from './resource/histories.ts';
export type { Methods } from './resource/methods.ts';
export type { Parked } from './resource/parked.ts';
export type { Propositions } from './resource/propositions.ts';
export type { Projections, Service } from './resource/service.ts';
export type { Stances } from './resource/stances.ts';
export type {
  ChangeRecordOptions,
  RecordOneOptions,
  RecordOptions,
  SendLinesOptions,
  Statements,
} from './resource/statements.ts';
export type { Topics } from './resource/topics.ts';
export type { Versions } from './resource/versions.ts';
export type { Webhooks } from './resource/webhooks.ts';
