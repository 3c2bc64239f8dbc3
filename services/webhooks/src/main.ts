import { runMain } from '@stance/service';

import { startWebhookService } from './webhook-service.ts';

await runMain({
  name: 'webhooks',
  what: 'Starts the webhooks: they tell changes to whoever asked for them, by signed messages over HTTP. There may be several.',
  start: startWebhookService,
});
