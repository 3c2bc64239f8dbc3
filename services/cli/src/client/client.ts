import { randomUUID } from 'node:crypto';

import { problemSchema } from '@stance/contracts';

import { CliError } from '../cli-error.ts';
import { ProblemAnswer } from './problem-answer.ts';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Client {
  readonly baseUrl: string;
  /** What all its calls are recorded under, so that what they wrote can be found, and undone, as one. */
  readonly correlationId: string;
  /**
   * Each throws `ProblemAnswer` where the service answers with a problem, and `CliError` with the code
   * `service-unreachable` where nothing is there, `connection-lost` where it breaks off, or `unexpected-answer` where
   * something else answers.
   */
  get<Answer>(path: string, query?: Query): Promise<Answer>;
  /** The answer as text to read. */
  getText(path: string, query?: Query): Promise<string>;
  put<Answer>(path: string, body: unknown): Promise<Answer>;
  post<Answer>(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Sends lines of NDJSON and gives the lines of the answer. */
  postLines(path: string, query: Query, body: Uint8Array<ArrayBuffer>): Promise<readonly unknown[]>;
  /** What comes of an answer that need not end, as it comes, until that or the signal ends it. */
  texts(path: string, query: Query, until: AbortSignal): AsyncGenerator<string>;
  /** The items of a whole list, as they come. */
  items<Item>(path: string, query?: Query): AsyncGenerator<Item>;
}

export interface ClientOptions {
  readonly baseUrl: string;
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const correlationHeader = 'x-correlation-id';

/** Calls of the HTTP API of the service, as this command needs them. */
export const createClient = ({ baseUrl, token, signal }: ClientOptions): Client => {
  const correlationId = randomUUID();
  const lost = (method: string, error: unknown): Error =>
    signal?.aborted === true
      ? new CliError('interrupted', 'Stopped', { cause: error })
      : unreachable(baseUrl, method, error);

  const request = async (method: string, path: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set(correlationHeader, correlationId);
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    const signals = [signal, init.signal].filter((each) => each !== undefined && each !== null);
    const all = { ...init, method, headers, ...(signals.length === 0 ? {} : { signal: AbortSignal.any(signals) }) };
    const response = await fetch(baseUrl + path, all).catch((error: unknown) => {
      throw lost(method, error);
    });
    if (!response.ok) throw refusal(baseUrl, response, await bodyOf(method, response));
    return response;
  };
  const bodyOf = (method: string, response: Response): Promise<string> =>
    response.text().catch((error: unknown) => {
      throw lost(method, error);
    });
  const send = async (method: string, path: string, init: RequestInit): Promise<string> =>
    bodyOf(method, await request(method, path, init));

  const textsOf = async function* (response: Response): AsyncGenerator<string> {
    if (response.body === null) return;
    try {
      yield* response.body.pipeThrough(new TextDecoderStream());
    } catch (error) {
      throw lost('GET', error);
    }
  };
  const lines = async function* (response: Response): AsyncGenerator<string> {
    let rest = '';
    for await (const text of textsOf(response)) {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      yield* parts;
    }
    yield rest;
  };

  const sendJson = async <Answer>(
    method: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    const init = { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } };
    return parse(baseUrl, await send(method, path, init)) as Answer;
  };

  return {
    baseUrl,
    correlationId,
    get: async <Answer>(path: string, query: Query = {}): Promise<Answer> =>
      parse(baseUrl, await send('GET', path + search(query), { headers: { accept: 'application/json' } })) as Answer,
    getText: async (path, query = {}) => {
      const response = await request('GET', path + search(query), { headers: { accept: 'text/plain' } });
      const text = await bodyOf('GET', response);
      if (response.headers.get('content-type')?.startsWith('text/plain') === true) return text;
      throw notTheService(baseUrl, `It answered with something that is not plain text: ${text.slice(0, 80)}`);
    },
    put: (path, body) => sendJson('PUT', path, body),
    post: (path, body, headers) => sendJson('POST', path, body, headers),
    postLines: async (path, query, body) => {
      const headers = { 'content-type': 'application/x-ndjson', accept: 'application/x-ndjson' };
      const text = await send('POST', path + search(query), { body, headers });
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => parse(baseUrl, line));
    },
    texts: async function* (path, query, until) {
      const headers = { accept: 'text/event-stream' };
      yield* textsOf(await request('GET', path + search(query), { headers, signal: until }));
    },
    items: async function* <Item>(path: string, query: Query = {}): AsyncGenerator<Item> {
      const response = await request('GET', path + search(query), { headers: { accept: 'application/x-ndjson' } });
      for await (const line of lines(response)) if (line !== '') yield parse(baseUrl, line) as Item;
    },
  };
};

/** One part of a path: `segment('a/b')` is `a%2Fb`. */
export const segment = (text: string): string => encodeURIComponent(text);

const search = (query: Query): string => {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
  return given.size === 0 ? '' : `?${given.toString()}`;
};

const parse = (baseUrl: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notTheService(baseUrl, `It answered with something that is not JSON: ${text.slice(0, 80)}`, error);
  }
};

const refusal = (baseUrl: string, response: Response, text: string): Error => {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return notTheService(baseUrl, `It answered ${response.status} ${response.statusText}`.trim());
  }
  const problem = problemSchema.safeParse(body);
  if (!problem.success) return notTheService(baseUrl, `It answered ${response.status} without a problem document`);
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ProblemAnswer(problem.data, Number.isFinite(seconds) ? seconds * 1000 : undefined);
};

const notTheService = (baseUrl: string, message: string, cause?: unknown): CliError =>
  new CliError('unexpected-answer', `${baseUrl} does not answer as a stance tracker does. ${message}`, {
    hint: 'Is another program on that port? Say which one to ask with --url.',
    cause,
  });

const unreachable = (baseUrl: string, method: string, error: unknown): CliError => {
  const code = causeCode(error);
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EHOSTUNREACH' || code === 'EAI_AGAIN')
    return new CliError('service-unreachable', `Nothing answers at ${baseUrl} (${code})`, {
      hint: 'Start the service with `npm start` (or `stance serve`), or say where it is with --url.',
      retryable: true,
      cause: error,
    });
  return new CliError('connection-lost', `The connection to ${baseUrl} broke off (${code})`, {
    hint: `Its log says why.${method === 'GET' ? '' : ' Sending the same again is safe: what it has counts once.'}`,
    retryable: true,
    cause: error,
  });
};

const causeCode = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  // A host with several addresses fails with one error for each of them.
  if (error instanceof AggregateError && error.errors.length > 0) return causeCode(error.errors[0]);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? error.message : causeCode(error.cause);
};
