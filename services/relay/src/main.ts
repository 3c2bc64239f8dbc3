import { runMain } from '@stance/service';

import { startRelayService } from './relay-service.ts';

await runMain({
  name: 'relay',
  what: 'Starts a relay: it brings what the event store records to the broker. Of several, one is at work.',
  start: startRelayService,
});
