import { runMain } from '@stance/service';

import { startProjectorService } from './projector-service.ts';

await runMain({
  name: 'projector',
  what: 'Starts a projector: it keeps the read model and the change feed up to the event store. Of several, one is at work.',
  start: startProjectorService,
});
