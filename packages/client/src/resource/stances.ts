import type {
  ContestedItem,
  ContestedList,
  HolderComparisonAnswer,
  StanceAnswer,
  StanceList,
} from '../contract/answer.ts';

import type { Transport } from '../call/transport.ts';
import type { CallOptions } from '../call/write.ts';
import { listOf, read, type Pages } from '../pages.ts';
import type { ContestedQuery, HolderComparisonQuery, StancesQuery } from '../contract/query.ts';

/** Who stands where. */
export interface Stances {
  /** Of a holder, on a proposition, or all. */
  list(query?: StancesQuery, options?: CallOptions): Pages<StanceAnswer, StanceList>;
  /** Where accounts disagree: a holder or a proposition has to be named. */
  contested(query: ContestedQuery, options?: CallOptions): Pages<ContestedItem, ContestedList>;
  /** Who stands where on a proposition or a topic, who moved, and with whom. */
  compare(query: HolderComparisonQuery, options?: CallOptions): Promise<HolderComparisonAnswer>;
}

export const createStances = (transport: Transport): Stances => ({
  list: (query = {}, options) => listOf<StanceList>(transport, '/v1/stances', query, options),
  contested: (query, options) => listOf<ContestedList>(transport, '/v1/contested', query, options),
  compare: async (query, options) => read(transport, '/v1/compare', query, options),
});
