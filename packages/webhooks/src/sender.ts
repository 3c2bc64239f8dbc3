import { lookup as resolveName } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { Agent as HttpAgent, request as requestByHttp } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestByHttps } from 'node:https';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';

import type { AddressRules } from './address-rules.ts';
import { signed } from './signature.ts';

export interface Message {
  /** The same at each try. */
  readonly id: string;
  /** JSON. */
  readonly body: string;
}

export interface Sending {
  readonly url: string;
  readonly message: Message;
  /** By each of them it is signed. */
  readonly secrets: readonly string[];
  /** In milliseconds since the epoch. */
  readonly at: number;
  /** Ends the try. */
  readonly signal: AbortSignal;
}

export type SendResult =
  | { readonly ok: true; readonly status: number }
  | {
      readonly ok: false;
      /** `null` where nothing was answered. */
      readonly status: number | null;
      readonly message: string;
      /** By `Retry-After`, in milliseconds. */
      readonly retryAfter: number | null;
    };

export interface Sender {
  /** Makes one try. Never rejects. */
  send(sending: Sending): Promise<SendResult>;
  close(): void;
}

export interface SenderOptions {
  readonly rules: AddressRules;
  /** The header `User-Agent`. */
  readonly userAgent: string;
  /** How long a try may take, in milliseconds; 15,000, if left out. */
  readonly timeout?: number;
}

/** So much of an answer is read to use the connection again, in bytes. */
const mostAnswerBytes = 65_536;

class RefusedAddress extends Error {}

/** Looks a name up, and gives those of its addresses that may be called: what it stands for can change at any time. */
const lookupBy =
  (rules: AddressRules, isEncrypted: boolean): LookupFunction =>
  (hostname, options, callback) => {
    resolveName(hostname, { ...options, all: true }, (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const open = found.filter(({ address }) => rules.refusal(address, isEncrypted) === null);
      const [first] = open;
      if (first === undefined) {
        const why = rules.refusal(found[0]?.address ?? hostname, isEncrypted) ?? 'it has no address';
        callback(new RefusedAddress(`${hostname}: ${why}`), []);
      } else if (options.all === true) callback(null, open);
      else callback(null, first.address, first.family);
    });
  };

/** Seconds, or a date: RFC 9110, 10.2.3. */
const retryAfterOf = (text: string | undefined, now: number): number | null => {
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
};

const failed = (status: number | null, message: string, retryAfter: number | null = null): SendResult => ({
  ok: false,
  status,
  message,
  retryAfter,
});

const resultOf = (response: IncomingMessage, now: number): SendResult => {
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return { ok: true, status };
  const what = status >= 300 && status < 400 ? ': redirects are not followed' : '';
  return failed(status, `it answered ${String(status)}${what}`, retryAfterOf(response.headers['retry-after'], now));
};

/** Reads an answer to its end, so that the connection can be used again; a long one is cut off. */
const drain = (request: ClientRequest, response: IncomingMessage): void => {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostAnswerBytes) request.destroy();
  });
  response.on('error', () => {});
};

/** Sends messages to endpoints, signed, by POST. */
export const createSender = ({ rules, userAgent, timeout = 15_000 }: SenderOptions): Sender => {
  const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };

  const attempt = (sending: Sending, signal: AbortSignal, mayRepeat: boolean): Promise<SendResult> => {
    const { message, secrets, at } = sending;
    const url = new URL(sending.url);
    const isEncrypted = url.protocol === 'https:';
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    // Of what is an address already no name is looked up.
    const refusal = isIP(host) === 0 ? null : rules.refusal(host, isEncrypted);
    if (refusal !== null) return Promise.resolve(failed(null, refusal));
    return new Promise((resolve) => {
      const request = (isEncrypted ? requestByHttps : requestByHttp)(url, {
        method: 'POST',
        agent: isEncrypted ? agents.https : agents.http,
        lookup: lookupBy(rules, isEncrypted),
        signal,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(message.body),
          'user-agent': userAgent,
          ...signed(message, secrets, at),
        },
      });
      let isAnswered = false;
      request.on('response', (response) => {
        isAnswered = true;
        drain(request, response);
        resolve(resultOf(response, Date.now()));
      });
      // Nothing else comes then.
      request.on('upgrade', (response, socket) => {
        socket.destroy();
        resolve(failed(response.statusCode ?? null, 'it answered with another protocol'));
      });
      request.on('close', () => resolve(failed(null, 'the connection ended without an answer')));
      request.on('error', (error: NodeJS.ErrnoException) => {
        if (isAnswered) return;
        // The receiver may close a connection at the moment in which it is used again.
        if (mayRepeat && request.reusedSocket && error.code === 'ECONNRESET') {
          resolve(attempt(sending, signal, false));
        } else if (signal.aborted) {
          const late = `it did not answer within ${String(timeout / 1000)} s`;
          resolve(failed(null, sending.signal.aborted ? 'the try was given up' : late));
        } else {
          resolve(
            failed(null, error instanceof RefusedAddress ? error.message : `it cannot be reached: ${error.message}`),
          );
        }
      });
      request.end(message.body);
    });
  };

  return {
    send: (sending) => attempt(sending, AbortSignal.any([sending.signal, AbortSignal.timeout(timeout)]), true),
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
};
