import type { AppendResult } from '@stance/event-store';

import type { Bug } from './bug.ts';

export const recordingBugs: readonly Bug[] = [
  {
    what: 'tries an append again with a new event id, at whatever revision',
    parts: {
      eventStore: (store, _, world) => ({
        ...store,
        append: (requests) =>
          store.append(requests).catch(async () => {
            const again = requests.map(async ({ stream, events }) => ({
              stream,
              expectedRevision: (await store.readStream(stream)).length - 1,
              events: events.map((event) => ({ ...event, id: world.newId() })),
            }));
            return store.append(await Promise.all(again));
          }),
      }),
    },
  },
  {
    what: 'acknowledges what it could not append',
    parts: {
      eventStore: (store, _, world) => ({
        ...store,
        append: (requests) =>
          store.append(requests).catch(() =>
            requests.map(({ expectedRevision }, index): AppendResult => ({
              outcome: 'appended',
              revision: expectedRevision + 1,
              position: world.log.head() + index + 1,
            })),
          ),
      }),
    },
  },
];
