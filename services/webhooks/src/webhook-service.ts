import type { Config } from '@stance/config';
import { processEndpoints, webhookEndpoints } from '@stance/contracts';
import {
  createServiceApp,
  probeAddress,
  readGivenFiles,
  registerGauges,
  startServing,
  whenMade,
} from '@stance/service';
import type { Serving, StartOptions } from '@stance/service';
import { openFeedReader, openReadModel } from '@stance/stores';

import { registerWebhooks } from './register-webhooks.ts';
import { openWebhooks, webhookGauges } from './webhook-parts.ts';

/**
 * Webhooks as a service of their own, in as many processes as wanted: each endpoint is told by one of them. Where read model
 * and feed are not made yet, it waits for the projector to do it.
 *
 * @throws TokenFileError, StartError, the error of the store that could not be opened, or the reason of `stopping`; nothing is
 *   left open then.
 */
export const startWebhookService = async (config: Config, options: StartOptions): Promise<Serving> => {
  const { logger } = options;
  const { tokens } = readGivenFiles(config);
  await probeAddress(config);
  return startServing({ config, logger }, async (closing) => {
    const readModel = await whenMade(() => openReadModel(config.readModel), options);
    closing.defer(async () => readModel.close());
    const feed = await whenMade(() => openFeedReader(config.feedStore), options);
    closing.defer(() => feed.close());
    const parts = await openWebhooks({ config, feed, readModel, logger }, closing);
    const app = createServiceApp({
      config,
      tokens,
      logger,
      endpoints: [...processEndpoints, ...webhookEndpoints],
      checks: () => {
        const { endpoints, fault } = parts.deliveries.status();
        const detail = `${String(endpoints)} webhooks${fault === null ? '' : `: ${fault}`}`;
        return { webhooks: { ok: fault === null, detail } };
      },
    });
    registerWebhooks(app, parts);
    registerGauges(app.kit.registry, webhookGauges(parts.deliveries));
    return { app };
  });
};
