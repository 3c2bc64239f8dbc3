import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { environmentIn, newFolder, startProgram } from '../../bad-input/support/service.ts';
import type { Started } from '../../bad-input/support/service.ts';
import { buildPage } from './built-page.ts';

/** The real service as a process of its own, whose page is looked at; it keeps its address from one start to the next. */
export interface PageService {
  readonly baseUrl: string;
  /** Where its files are. */
  readonly folder: string;
  /** Records something, and resolves once it can be read. */
  send(method: 'POST' | 'PUT', path: string, body: unknown): Promise<void>;
  /** Records a statement; holder and proposition need not be there before. */
  say(statement: Readonly<Record<string, unknown>>): Promise<void>;
  /** The same of many statements at once. */
  sayAll(statements: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  /** The answer to a question, as JSON. */
  ask(path: string): Promise<unknown>;
  /** `kill -9`, until it is gone. */
  kill(): Promise<void>;
  /** Starts it once more on the same files. */
  startAgain(): Promise<void>;
  /** Ends it and takes its files away. */
  stop(): Promise<void>;
}

/** It is ready when all that was recorded before can be read. */
const whenReady = async (baseUrl: string): Promise<void> => {
  for (;;) {
    const answer = await fetch(`${baseUrl}/readyz`);
    await answer.body?.cancel();
    if (answer.ok) return;
    await delay(20);
  }
};

const answered = async (response: Response): Promise<unknown> => {
  const body = await response.text();
  if (!response.ok) throw new Error(`${response.status} of ${response.url}: ${body}`);
  return body === '' ? null : JSON.parse(body);
};

/**
 * Starts the service on files of its own.
 *
 * @param environment beyond what tests need; without `STANCE_SEED` it has the examples that a newcomer sees.
 */
export const startPageService = async (environment: Readonly<Record<string, string>> = {}): Promise<PageService> => {
  buildPage();
  const folder = await newFolder();
  const settings = { ...environmentIn(folder), STANCE_SEED: 'examples', STANCE_LOG_LEVEL: 'error', ...environment };
  let started: Started = startProgram(settings);
  const baseUrl = await started.address;
  await whenReady(baseUrl);
  const whenRead = async (position: number): Promise<void> => {
    await answered(await fetch(`${baseUrl}/v1/actors?limit=1&minPosition=${position}`));
  };
  const send: PageService['send'] = async (method, path, body) => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { position } = (await answered(response)) as { readonly position: number };
    await whenRead(position);
  };
  const sayAll: PageService['sayAll'] = async (statements) => {
    const response = await fetch(`${baseUrl}/v1/statements?createMissing=true&results=errors`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: statements.map((statement) => `${JSON.stringify(statement)}\n`).join(''),
    });
    const told = await response.text();
    const { summary } = JSON.parse(told.trimEnd().split('\n').at(-1) ?? '') as {
      readonly summary: { readonly accepted: number; readonly position: number };
    };
    if (summary.accepted !== statements.length) throw new Error(`not all were accepted: ${told}`);
    await whenRead(summary.position);
  };
  return {
    baseUrl,
    folder,
    send,
    say: (statement) => send('POST', '/v1/statements?createMissing=true', statement),
    sayAll,
    ask: async (path) => answered(await fetch(`${baseUrl}${path}`)),
    kill: async () => {
      started.child.kill('SIGKILL');
      await started.ended;
    },
    startAgain: async () => {
      started = startProgram({ ...settings, STANCE_PORT: new URL(baseUrl).port });
      await started.address;
      await whenReady(baseUrl);
    },
    stop: async () => {
      started.child.kill('SIGTERM');
      await started.ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
};
