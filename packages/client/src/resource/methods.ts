import type { MethodComparisonAnswer, MethodComparisonList, MethodDetail, MethodList } from '../contract/answer.ts';

import { path } from '../call/query-string.ts';
import type { Transport } from '../call/transport.ts';
import type { CallOptions } from '../call/write.ts';
import { listOf, read, type Pages } from '../pages.ts';
import type { MethodComparisonQuery } from '../contract/query.ts';

/** The named, versioned rules by which statements become changes. */
export interface Methods {
  /** All of them: there are few, so they come at once. */
  list(options?: CallOptions): Promise<MethodList>;
  /** Its numbers, and why they are what they are. */
  get(name: string, options?: CallOptions): Promise<MethodDetail>;
  /** The histories that come to something else by another method. */
  compare(query: MethodComparisonQuery, options?: CallOptions): Pages<MethodComparisonAnswer, MethodComparisonList>;
}

export const createMethods = (transport: Transport): Methods => ({
  list: async (options) => read(transport, '/v1/methods', {}, options),
  get: async (name, options) => read(transport, path`/v1/methods/${name}`, {}, options),
  compare: (query, options) => listOf<MethodComparisonList>(transport, '/v1/methods/compare', query, options),
});
