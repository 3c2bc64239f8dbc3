import type { AppendRequest, EventStore } from '@stance/event-store';

import type { Life } from '../life.ts';
import { away, remote } from '../remote.ts';
import type { World } from '../world.ts';

/** Some of the requests, in an order of their own: those of different streams go at once. */
const some = (requests: readonly AppendRequest[], world: World): AppendRequest[] =>
  requests.filter(() => world.scheduler.random.integer(2) === 0).reverse();

/** The event store as a process has it. */
export const eventStoreOf = (life: Life, world: World): EventStore => {
  const { store } = world.log;
  return {
    ...remote(life, 'event store', store, { failure: away.eventStore }),
    append: (requests) =>
      life.ask(`event store.append ${requests.map(({ stream }) => stream).join(' ')}`, () => store.append(requests), {
        failure: away.eventStore,
        async partly() {
          const picked = some(requests, world);
          if (picked.length > 0) await store.append(picked);
        },
      }),
    onHead(listener) {
      const end = store.onHead((head) => life.hear('news of the head', () => listener(head)));
      life.onEnd(end);
      return end;
    },
    close: () => Promise.resolve(),
  };
};
