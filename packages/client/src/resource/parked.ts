import type { ParkedStream, ParkedStreamDetail, ParkedStreamList, Retried, Skipped } from '../contract/answer.ts';

import { path } from '../call/query-string.ts';
import type { Transport } from '../call/transport.ts';
import { write, type CallOptions } from '../call/write.ts';
import type { SkipInput } from '../contract/input.ts';
import { listOf, read, type Pages } from '../pages.ts';
import type { ParkedQuery } from '../contract/query.ts';

/** Events that could not be handled, and wait with the rest of their streams. */
export interface Parked {
  list(query?: ParkedQuery, options?: CallOptions): Pages<ParkedStream, ParkedStreamList>;
  get(stream: string, options?: CallOptions): Promise<ParkedStreamDetail>;
  /** Has the events of a stream handled again, in their order. */
  retry(stream: string, options?: CallOptions): Promise<Retried>;
  /** Says that the event counts for nothing, for good. */
  skip(stream: string, skip: SkipInput, options?: CallOptions): Promise<Skipped>;
}

/** The projection that there is. */
const projection = 'default';

export const createParked = (transport: Transport): Parked => ({
  list: (query = {}, options) =>
    listOf<ParkedStreamList>(transport, path`/v1/projections/${projection}/parked`, query, options),
  get: async (stream, options) => read(transport, path`/v1/projections/${projection}/parked/${stream}`, {}, options),
  // A second retry, of a stream that came back by the first, would be told that it is not parked.
  retry: async (stream, options) =>
    transport.json({
      method: 'POST',
      path: path`/v1/projections/${projection}/parked/${stream}/retry`,
      idempotent: false,
      ...options,
    }),
  skip: async (stream, body, options) =>
    write(transport, {
      method: 'POST',
      path: path`/v1/projections/${projection}/parked/${stream}/skip`,
      body,
      idempotent: true,
      ...options,
    }),
});
