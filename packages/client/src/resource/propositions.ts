import type { PropositionAnswer, PropositionDetail, PropositionList, PropositionWritten } from '../contract/answer.ts';

import { path } from '../call/query-string.ts';
import type { Transport } from '../call/transport.ts';
import { write, type CallOptions } from '../call/write.ts';
import type { PropositionInput, PropositionRevisionInput, RelationInput } from '../contract/input.ts';
import { listOf, read, type Pages } from '../pages.ts';
import type { PropositionQuery, PropositionsQuery } from '../contract/query.ts';

/** What stances are about. */
export interface Propositions {
  /** Says what a proposition is: defines it, or replaces the whole of what is said of it. */
  put(id: string, proposition: PropositionInput, options?: CallOptions): Promise<PropositionWritten>;
  /**
   * Gives a proposition a new wording; topics and language stay. Never sent a second time by itself: a late one would
   * take back what somebody else worded meanwhile.
   */
  revise(id: string, revision: PropositionRevisionInput, options?: CallOptions): Promise<PropositionWritten>;
  /** Says how a proposition is related to another one. */
  relate(id: string, relation: RelationInput, options?: CallOptions): Promise<PropositionWritten>;
  get(id: string, query?: PropositionQuery, options?: CallOptions): Promise<PropositionDetail>;
  /** By their words (`q`), and by topic. */
  list(query?: PropositionsQuery, options?: CallOptions): Pages<PropositionAnswer, PropositionList>;
}

export const createPropositions = (transport: Transport): Propositions => ({
  put: async (id, body, options) =>
    write(transport, { method: 'PUT', path: path`/v1/propositions/${id}`, body, idempotent: true, ...options }),
  revise: async (id, body, options) =>
    write(transport, {
      method: 'POST',
      path: path`/v1/propositions/${id}/revisions`,
      body,
      idempotent: false,
      ...options,
    }),
  relate: async (id, body, options) =>
    write(transport, {
      method: 'POST',
      path: path`/v1/propositions/${id}/relations`,
      body,
      idempotent: true,
      ...options,
    }),
  get: async (id, query = {}, options) => read(transport, path`/v1/propositions/${id}`, query, options),
  list: (query = {}, options) => listOf<PropositionList>(transport, '/v1/propositions', query, options),
});
