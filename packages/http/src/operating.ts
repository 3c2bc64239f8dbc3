import { getDocs, getHealth, getMetrics, getOpenApi, getReadiness } from '@stance/contracts';
import type { OpenApiDocument, Readiness } from '@stance/contracts';
import type { FastifyInstance } from 'fastify';

import { docsPage, docsPolicy } from './docs-page.ts';
import { registerEndpoint } from './endpoint.ts';
import { strongEtag } from './etag.ts';

export interface OperatingOptions {
  /** What each part says of itself; the app is ready where all are well, and not from the start of its stop on. */
  readonly checks: () => Readiness['checks'] | Promise<Readiness['checks']>;
  /** Called when somebody asks for it first: making it takes longer than all else at the start. */
  readonly openApi: () => OpenApiDocument;
}

const madeOnce = <Made>(make: () => Made): (() => Made) => {
  let made: { readonly it: Made } | null = null;
  return () => (made ??= { it: make() }).it;
};

const tagged = (text: string) => ({ text, etag: strongEtag(text) });

/**
 * Adds `/healthz`, `/readyz`, `/metrics`, `/openapi.json` and `/docs`: open to all, and answered while stopping too.
 */
export const registerOperating = (app: FastifyInstance, { checks, openApi }: OperatingOptions): void => {
  const { kit } = app;
  const description = madeOnce(() => tagged(JSON.stringify(openApi())));
  const page = madeOnce(() => tagged(docsPage(openApi())));

  registerEndpoint(app, getHealth, () => ({ status: 200, body: { status: 'ok' } }));

  registerEndpoint(app, getReadiness, async () => {
    const found = await checks();
    const all = kit.stopping.aborted ? { ...found, service: { ok: false, detail: 'It is stopping.' } } : found;
    const ready = Object.values(all).every((check) => check.ok);
    return {
      status: ready ? 200 : 503,
      body: { status: ready ? 'ready' : 'not-ready', checks: all } satisfies Readiness,
    };
  });

  registerEndpoint(app, getMetrics, async () => ({ status: 200, ...(await kit.metrics()) }));

  registerEndpoint(app, getOpenApi, () => ({
    status: 200,
    ...description(),
    contentType: 'application/json; charset=utf-8',
  }));

  registerEndpoint(app, getDocs, () => ({
    status: 200,
    ...page(),
    contentType: 'text/html; charset=utf-8',
    headers: {
      'content-security-policy': docsPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
  }));
};
