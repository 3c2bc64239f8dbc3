/** What the processes that read are told. */
export type ToReaders =
  | { readonly kind: 'open'; readonly port: number; readonly paths: readonly string[] }
  | { readonly kind: 'report' };

export type FromReaders =
  /** Every stream has told where it is. */
  | { readonly kind: 'opened' }
  | {
      readonly kind: 'report';
      /** How many events each stream has received. */
      readonly events: readonly number[];
      /** From published to received, in milliseconds, of the streams that are looked at closely. */
      readonly latencies: readonly number[];
      /** How many streams have ended, which they should not. */
      readonly ended: number;
    };
