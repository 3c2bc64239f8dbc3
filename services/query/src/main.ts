import { runMain } from '@stance/service';

import { startQueryService } from './query-service.ts';

await runMain({
  name: 'query',
  what: 'Starts the query service: it answers from the read model. There may be several.',
  start: startQueryService,
});
