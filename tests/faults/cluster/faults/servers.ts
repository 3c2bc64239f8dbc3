import { queryPostgres } from '@stance/test-services';
import type { FrailStores } from '@stance/test-services';

import type { Fault } from '../fault.ts';

const restart = (server: 'broker' | 'database', how: 'stopped' | 'killed'): Fault => ({
  name: `a ${server} that is ${how}, and started again`,
  async happen({ cluster, random, untilAcknowledged }) {
    await untilAcknowledged(random.integer(60));
    const { [server]: restarted }: Pick<FrailStores, 'broker' | 'database'> = cluster.stores;
    await restarted.restart(how);
  },
});

export const serverFaults: readonly Fault[] = [
  restart('broker', 'stopped'),
  restart('broker', 'killed'),
  restart('database', 'stopped'),
  restart('database', 'killed'),
  {
    name: 'a database that ends all connections',
    async happen({ cluster, random, untilAcknowledged }) {
      for (let times = 1 + random.integer(3); times > 0; times -= 1) {
        await untilAcknowledged(random.integer(30));
        await queryPostgres(cluster.direct.readModelUrl)(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        );
      }
    },
  },
  {
    name: 'an event store that hangs for a while',
    async happen({ cluster, random, untilAcknowledged, last }) {
      await untilAcknowledged(random.integer(60));
      cluster.eventStore.signal('SIGSTOP');
      await last(500 + random.integer(12_000));
      cluster.eventStore.signal('SIGCONT');
    },
  },
];
