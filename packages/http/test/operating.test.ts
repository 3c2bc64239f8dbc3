import { createOpenApiDocument, operatingEndpoints } from '@stance/contracts';
import { Gauge } from 'prom-client';
import { describe, expect, test } from 'vitest';

import { newToken, registerEndpoint, registerOperating } from '../src/index.ts';
import { call, getThing, postThing, serve } from './served.ts';

const openApi = createOpenApiDocument({ version: '1.2.3', endpoints: [...operatingEndpoints, postThing, getThing] });

const start = (ok = () => true) =>
  serve(
    (app) => {
      registerEndpoint(app, getThing, () => ({ status: 200, body: 1 }));
      registerOperating(app, { openApi: () => openApi, checks: () => ({ store: { ok: ok(), detail: 'as it is' } }) });
    },
    { tokens: [newToken('reader', ['read']).entry] },
  );

describe('operating', () => {
  test('health, readiness, metrics and description need no token', async () => {
    const served = await start();
    for (const path of ['/healthz', '/readyz', '/metrics', '/openapi.json', '/docs']) {
      expect((await call(served, path)).status).toBe(200);
      expect((await call(served, path, { method: 'HEAD' })).status).toBe(200);
    }
  });

  test('readiness says which part is not able to do its work', async () => {
    let ok = true;
    const served = await start(() => ok);
    expect(JSON.parse((await call(served, '/readyz')).text)).toEqual({
      status: 'ready',
      checks: { store: { ok: true, detail: 'as it is' } },
    });
    ok = false;
    const reply = await call(served, '/readyz');
    expect(reply.status).toBe(503);
    expect(JSON.parse(reply.text)).toMatchObject({ status: 'not-ready', checks: { store: { ok: false } } });
  });

  test('metrics count answers by route, method and status, with those of the process and of the services', async () => {
    const served = await start();
    const gauge = new Gauge({ name: 'things', help: 'How many things', registers: [served.app.kit.registry] });
    gauge.set(7);
    await call(served, '/v1/things/a');
    await call(served, '/v1/none');
    const { text, headers } = await call(served, '/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/v1/things/:id",status="401"} 1');
    expect(text).toContain('http_request_duration_seconds_count{method="GET",route="none",status="404"} 1');
    expect(text).toContain('things 7');
    expect(text).toContain('process_cpu_seconds_total');
    // Prometheus takes no metric twice.
    const helps = text.split('\n').filter((line) => line.startsWith('# HELP'));
    expect(new Set(helps).size).toBe(helps.length);
  });

  test('the description is served as it is, with an entity tag', async () => {
    const served = await start();
    const reply = await call(served, '/openapi.json');
    expect(JSON.parse(reply.text)).toEqual(JSON.parse(JSON.stringify(openApi)));
    const etag = reply.headers.get('etag') ?? '';
    expect((await call(served, '/openapi.json', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('the page shows every call, and may load and run nothing', async () => {
    const { text, headers } = await call(await start(), '/docs', { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+';/);
    expect(text).toContain('POST /v1/things/{id}');
    expect(text).toContain('<code>If-Match</code>');
    expect(text).toContain('Stance tracker <small>1.2.3</small>');
    expect(text).not.toMatch(/<script|<link|<img|https?:\/\/(?!json-schema)[^"]*\.(js|css)/);
    expect(text).not.toContain('undefined');
  });
});
