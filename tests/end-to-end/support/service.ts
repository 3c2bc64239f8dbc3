import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readConfig } from '@stance/config';
import { startStandalone } from '@stance/standalone';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';

/** Where the service keeps what it knows. */
export interface Files {
  readonly events: string;
  readonly readModel: string;
  readonly feed: string;
}

export interface Reply<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface Summary {
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly position: number;
}

/** Files in a folder of their own, until the end of the test. */
export const newFiles = async (): Promise<Files> => {
  const folder = await mkdtemp(join(tmpdir(), 'stance-end-to-end-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return { events: join(folder, 'events.db'), readModel: join(folder, 'read-model.db'), feed: join(folder, 'feed.db') };
};

/**
 * Starts the whole service on these files, in this process, and stops it at the end of the test.
 *
 * @throws what keeps it from starting.
 */
export const startService = async (
  { events, readModel, feed }: Files,
  settings: Readonly<Record<string, string>> = {},
) => {
  const config = readConfig({
    STANCE_PORT: '0',
    STANCE_EVENT_STORE_URL: `sqlite:${events}`,
    STANCE_READ_MODEL_URL: `sqlite:${readModel}`,
    STANCE_FEED_STORE_URL: `sqlite:${feed}`,
    STANCE_SEED: 'none',
    STANCE_REQUESTS_PER_SECOND: '1000000',
    ...settings,
  });
  const standalone = await startStandalone(config, { logger: pino({ level: 'silent' }) });
  onTestFinished(() => standalone.stop());

  const send = async <Body>(method: string, path: string, body?: unknown, more = {}): Promise<Reply<Body>> => {
    const response = await fetch(`${standalone.address}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...more },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
  };

  return {
    address: standalone.address,
    stop: () => standalone.stop(),
    /** Resolves once the feed says what the read model has as of a position. */
    whenPublished: (position: number) => standalone.whenPublished(position, { timeout: 30_000 }),
    get: <Body>(path: string) => send<Body>('GET', path),
    post: <Body>(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      send<Body>('POST', path, body, headers),
    /** Sends lines, and gives the summary that their answer ends with. */
    postLines: async (path: string, lines: readonly unknown[]): Promise<{ readonly summary: Summary }> => {
      const response = await fetch(`${standalone.address}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson' },
        body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
      });
      const text = await response.text();
      return JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as { readonly summary: Summary };
    },
    /** What stands in an answer that has to be one. */
    ask: async <Body>(path: string): Promise<Body> => {
      const { status, body } = await send<Body>('GET', path);
      if (status !== 200) throw new Error(`${status} from ${path}: ${JSON.stringify(body)}`);
      return body;
    },
  };
};

export type Service = Awaited<ReturnType<typeof startService>>;
