import { runMain } from '@stance/service';

import { startIngestionService } from './ingestion-service.ts';

await runMain({
  name: 'ingestion',
  what: 'Starts ingestion: it takes statements and records them in the event store. There may be several.',
  start: startIngestionService,
});
