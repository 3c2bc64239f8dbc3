import type { Config } from '@stance/config';
import { createOpenApiDocument, getDocs } from '@stance/contracts';
import type { Endpoint, Readiness } from '@stance/contracts';
import { createHttpApp, registerOperating } from '@stance/http';
import type { HttpApp, Token } from '@stance/http';
import { registerPage } from '@stance/web';
import type { Page } from '@stance/web';
import type { Logger } from 'pino';

import { version } from './version.ts';

export interface ServiceAppOptions {
  readonly config: Pick<Config, 'host' | 'requestsPerSecond' | 'concurrentRequests' | 'concurrentStreams'>;
  /** `null` where it runs without. */
  readonly tokens: readonly Token[] | null;
  readonly logger: Logger;
  /** A secret of this process, for calls that it makes itself. */
  readonly ownKey?: string;
  /** All that it answers. */
  readonly endpoints: readonly Endpoint[];
  readonly checks: () => Readiness['checks'] | Promise<Readiness['checks']>;
  /** The page that it gives out; without one the bare address leads to the description of the calls. */
  readonly page?: Page | null;
}

/** The HTTP app of a service, with what every process answers: health, readiness, metrics, its description. */
export const createServiceApp = ({
  config,
  tokens,
  logger,
  ownKey,
  endpoints,
  checks,
  page = null,
}: ServiceAppOptions): HttpApp => {
  const app = createHttpApp({
    logger,
    host: config.host,
    ...(ownKey === undefined ? {} : { ownKey }),
    ...(tokens === null ? {} : { tokens }),
    limits: {
      requestsPerSecond: config.requestsPerSecond,
      concurrentRequests: config.concurrentRequests,
      concurrentStreams: config.concurrentStreams,
    },
  });
  registerOperating(app, { checks, openApi: () => createOpenApiDocument({ version, endpoints }) });
  if (page === null) app.get('/', (_request, reply) => reply.redirect(getDocs.path));
  else registerPage(app, page);
  return app;
};
