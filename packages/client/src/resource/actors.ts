import type { ActorDetail, ActorList, ActorWritten, ListedActor } from '../contract/answer.ts';

import { path } from '../call/query-string.ts';
import type { Transport } from '../call/transport.ts';
import { write, type CallOptions } from '../call/write.ts';
import type { ActorInput, AliasInput, MembershipInput, MergeInput, UnmergeInput } from '../contract/input.ts';
import { listOf, read, type Pages } from '../pages.ts';
import type { ActorQuery, ActorsQuery } from '../contract/query.ts';

/** Persons, offices, organizations, countries and groups. */
export interface Actors {
  /** Says who an actor is: registers it, or replaces the whole of what is said of it. */
  put(id: string, actor: ActorInput, options?: CallOptions): Promise<ActorWritten>;
  addAlias(id: string, alias: AliasInput, options?: CallOptions): Promise<ActorWritten>;
  addMembership(id: string, membership: MembershipInput, options?: CallOptions): Promise<ActorWritten>;
  /**
   * Says that an actor is the same as another one, and answers as it. Never sent a second time by itself: a late one
   * would undo that somebody took the merge back meanwhile.
   */
  merge(id: string, merge: MergeInput, options?: CallOptions): Promise<ActorWritten>;
  /** Takes back the merge of an actor. Never sent a second time by itself. */
  unmerge(id: string, unmerge?: UnmergeInput, options?: CallOptions): Promise<ActorWritten>;
  get(id: string, query?: ActorQuery, options?: CallOptions): Promise<ActorDetail>;
  /** By any of their names (`q`). */
  list(query?: ActorsQuery, options?: CallOptions): Pages<ListedActor, ActorList>;
}

export const createActors = (transport: Transport): Actors => ({
  put: async (id, body, options) =>
    write(transport, { method: 'PUT', path: path`/v1/actors/${id}`, body, idempotent: true, ...options }),
  addAlias: async (id, body, options) =>
    write(transport, { method: 'POST', path: path`/v1/actors/${id}/aliases`, body, idempotent: true, ...options }),
  addMembership: async (id, body, options) =>
    write(transport, { method: 'POST', path: path`/v1/actors/${id}/memberships`, body, idempotent: true, ...options }),
  merge: async (id, body, options) =>
    write(transport, { method: 'POST', path: path`/v1/actors/${id}/merge`, body, idempotent: false, ...options }),
  unmerge: async (id, body = {}, options) =>
    write(transport, { method: 'POST', path: path`/v1/actors/${id}/unmerge`, body, idempotent: false, ...options }),
  get: async (id, query = {}, options) => read(transport, path`/v1/actors/${id}`, query, options),
  list: (query = {}, options) => listOf<ActorList>(transport, '/v1/actors', query, options),
});
