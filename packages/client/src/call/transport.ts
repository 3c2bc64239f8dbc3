import { ClientError } from '../client-error.ts';
import { failureOf } from './failure.ts';
import { queryString, type Query } from './query-string.ts';
import { notTheService, refusalOf } from './refusal.ts';
import { createBackoff, type Backoff, type RetryPolicy } from './retry.ts';

export interface Call {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Query;
  readonly accept: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal | undefined;
  /** A status that comes with an answer though it is none of success; with a problem it is one. */
  readonly alsoTaken?: number;
}

/** Which call it was. */
export type Asked = Pick<Call, 'method' | 'path' | 'signal'>;

export interface JsonCall extends Omit<Call, 'accept'> {
  /** Whether it can be made again without harm where it is not known if it was heard. */
  readonly idempotent: boolean;
}

/** How calls get to the service. All of it throws `ClientError`, and nothing else. */
export interface Transport {
  readonly baseUrl: string;
  /** Makes a call, and makes it again as far as it is idempotent and the failure may pass. */
  json<Answer>(call: JsonCall): Promise<Answer>;
  /** An answer that is of the media type `accept`. */
  text(call: Call): Promise<string>;
  /**
   * Makes a call once; the caller reads the body, and tells failures of that by `failed`. Resolves when the answer begins.
   */
  open(call: Call): Promise<Response>;
  /** What a call, or the reading of its body, threw, as the caller's caller gets it. */
  failed(error: unknown, call: Asked): ClientError;
  /** The caller's signal, and that of the whole client. */
  until(signal: AbortSignal | undefined): AbortSignal | undefined;
  /** The waits of one call, by the client's own policy but for what is given. */
  backoff(policy?: RetryPolicy): Backoff;
}

export interface TransportOptions {
  readonly baseUrl: string;
  readonly token: (() => string | undefined) | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly retry: RetryPolicy;
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  readonly fetch: typeof globalThis.fetch;
}

export const createTransport = (options: TransportOptions): Transport => {
  const { baseUrl, token, timeout } = options;

  const until: Transport['until'] = (signal) => {
    if (options.signal === undefined || signal === undefined) return signal ?? options.signal;
    return AbortSignal.any([options.signal, signal]);
  };
  const failed: Transport['failed'] = (error, call) =>
    failureOf(error, { baseUrl, call: nameOf(call), signal: until(call.signal) });

  const headersOf = ({ accept, headers = {} }: Call): Headers => {
    const all = new Headers({ accept, ...options.headers });
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) all.set(name, value);
    const secret = token?.();
    if (secret !== undefined) all.set('authorization', `Bearer ${secret}`);
    return all;
  };

  const send = async (call: Call, signal: AbortSignal | undefined): Promise<Response> => {
    const { method, path, query = {}, body, alsoTaken } = call;
    const response = await options.fetch(baseUrl + path + queryString(query), {
      method,
      headers: headersOf(call),
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
    const isAnswer =
      response.ok ||
      (response.status === alsoTaken && response.headers.get('content-type')?.startsWith('application/json') === true);
    if (isAnswer) return response;
    throw refusalOf(response, await response.text(), { baseUrl, call: nameOf(call) });
  };

  /** Does something within the time that the client waits for an answer. */
  const inTime = async <Result>(call: Asked, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> => {
    const given = until(call.signal);
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), timeout);
    try {
      return await work(given === undefined ? late.signal : AbortSignal.any([given, late.signal]));
    } catch (error) {
      if (late.signal.aborted && given?.aborted !== true)
        throw new ClientError('timeout', `${baseUrl} did not answer within ${timeout} ms`, {
          retryable: true,
          call: nameOf(call),
          cause: error,
        });
      throw failed(error, call);
    } finally {
      clearTimeout(timer);
    }
  };

  const parsed = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw notTheService(baseUrl, `It answered with something that is not JSON: ${text.slice(0, 80)}`, { cause });
    }
  };

  const withRetries = async <Result>(
    idempotent: boolean,
    call: Asked,
    work: () => Promise<Result>,
  ): Promise<Result> => {
    const backoff = createBackoff(options.retry);
    for (;;) {
      try {
        return await work();
      } catch (error) {
        const failure = failed(error, call);
        if (!idempotent) throw failure;
        await backoff.waitAfter(failure, until(call.signal));
      }
    }
  };

  return {
    baseUrl,
    failed,
    until,
    backoff: (policy) => createBackoff({ ...options.retry, ...policy }),
    json: async <Answer>({ idempotent, ...call }: JsonCall): Promise<Answer> => {
      const whole = { ...call, accept: 'application/json' };
      const answer = await withRetries(idempotent, call, () =>
        inTime(call, async (signal) => parsed(await (await send(whole, signal)).text())),
      );
      return answer as Answer;
    },
    text: (call) =>
      withRetries(true, call, () =>
        inTime(call, async (signal) => {
          const response = await send(call, signal);
          const text = await response.text();
          if (response.headers.get('content-type')?.startsWith(call.accept) === true) return text;
          throw notTheService(baseUrl, `It answered with something that is not ${call.accept}: ${text.slice(0, 80)}`);
        }),
      ),
    // The wait ends when the answer begins; how long the body takes is the caller's business.
    open: (call) => inTime(call, (signal) => send(call, signal)),
  };
};

const nameOf = ({ method, path }: Asked): string => `${method} ${path}`;
