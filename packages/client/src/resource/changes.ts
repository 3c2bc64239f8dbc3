import type { ChangeList, ListedChange } from '../contract/answer.ts';

import type { Transport } from '../call/transport.ts';
import type { CallOptions } from '../call/write.ts';
import { createChangeCopy, type ChangeCopy } from '../follow/change-copy.ts';
import { changeEventTypes, type ChangeEvent } from '../follow/event.ts';
import { follow, type FollowOptions } from '../follow/follow.ts';
import { listOf, type Pages } from '../pages.ts';
import type { ChangesQuery, ChangeStreamQuery } from '../contract/query.ts';
import type { Service } from './service.ts';

export interface CopyOptions extends FollowOptions {
  /** Called with each event when the copy has it. */
  readonly onEvent?: ((event: ChangeEvent) => void) | undefined;
}

/** Who changed, when, from what to what. */
export interface Changes {
  /** The current set of changes that match, newest first. */
  list(query?: ChangesQuery, options?: CallOptions): Pages<ListedChange, ChangeList>;
  /**
   * What happens to the set of changes that match, from the event `after` on (`0`: from the beginning; without it: from
   * now on). Goes on by itself through lost connections and restarts of the service, with nothing left out and nothing
   * twice; ends where the signal is aborted. What comes is read from the socket as it is taken here.
   *
   * @throws ClientError while it goes on, where the service refuses to
   */
  follow(query?: ChangeStreamQuery, options?: FollowOptions): AsyncGenerator<ChangeEvent, void, undefined>;
  /** A copy of the set of changes that match, kept up to date until it is stopped or the signal is aborted. */
  copy(query?: Omit<ChangeStreamQuery, 'after'>, options?: CopyOptions): ChangeCopy;
}

export const createChanges = (transport: Transport, service: Service): Changes => {
  const following = (query: ChangeStreamQuery, options: FollowOptions): AsyncGenerator<ChangeEvent, void, undefined> =>
    follow<ChangeEvent>({ transport, path: '/v1/changes/stream', query, types: changeEventTypes, ...options });

  return {
    list: (query = {}, options) => listOf<ChangeList>(transport, '/v1/changes', query, options),
    follow: (query = {}, options = {}) => following(query, options),
    copy: (query = {}, { onEvent, signal, ...options } = {}) =>
      createChangeCopy({
        service,
        events: (after, until) => following({ ...query, after }, { ...options, signal: until }),
        signal: transport.until(signal),
        onEvent,
      }),
  };
};
