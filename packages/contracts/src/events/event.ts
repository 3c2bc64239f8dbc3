/**
 * One event as the log holds it, its payload decoded and brought to the newest schema version.
 *
 * `position` is the place in the log (from 1, without gaps on SQLite); `revision` the place in its stream (from 0);
 * `recordedAt` the effective stamp in milliseconds since the epoch: the running maximum along the log, which is what
 * `knownAt` uses.
 */
export interface EventOf<Type extends string, Data> {
  readonly position: number;
  readonly id: string;
  readonly type: Type;
  readonly schemaVersion: number;
  readonly stream: string;
  readonly revision: number;
  readonly recordedAt: number;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly traceparent?: string;
  readonly recordedBy?: string;
  readonly batchId?: string;
  readonly data: Data;
}
