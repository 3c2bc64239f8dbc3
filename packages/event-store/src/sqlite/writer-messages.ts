import type { EventStoreErrorCode } from '../errors.ts';
import type { Batch, BatchResults } from './batch.ts';
import type { FileIdentity } from './opened-file.ts';

/** What the thread is started with. */
export interface WriterOptions {
  readonly path: string;
  /** The file that has to stand there, where it was opened before. */
  readonly file: FileIdentity | undefined;
}

export type ToWriter = { readonly kind: 'append'; readonly batch: Batch } | { readonly kind: 'close' };

/** Where the log stands: the last durable position, and its stamp. */
export interface LogState {
  readonly head: number;
  readonly recordedAt: number;
}

/** Each `append` is answered by `appended` or `failed`, in order; before them all comes `ready` or `failed`. */
export type FromWriter =
  | { readonly kind: 'ready'; readonly state: LogState; readonly file: FileIdentity | undefined }
  | { readonly kind: 'appended'; readonly results: BatchResults; readonly state: LogState }
  | {
      readonly kind: 'failed';
      readonly code: EventStoreErrorCode;
      readonly message: string;
      readonly retryable: boolean;
      readonly cause: string | undefined;
    };
