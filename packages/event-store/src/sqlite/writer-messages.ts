import type { EventStoreErrorCode } from '../errors.ts';
import type { Batch, BatchResults } from './batch.ts';

export type ToWriter = { readonly kind: 'append'; readonly batch: Batch } | { readonly kind: 'close' };

/** Each `append` is answered by `appended` or `failed`, in order; before them all comes `ready` or `failed`. */
export type FromWriter =
  | { readonly kind: 'ready'; readonly head: number }
  | { readonly kind: 'appended'; readonly results: BatchResults; readonly head: number }
  | {
      readonly kind: 'failed';
      readonly code: EventStoreErrorCode;
      readonly message: string;
      readonly retryable: boolean;
      readonly cause: string | undefined;
    };
