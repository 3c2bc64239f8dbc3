import { ClientError } from '../client-error.ts';
import type { Transport } from './transport.ts';

/** What every call takes besides what it is about. */
export interface CallOptions {
  /** Ends the call: it rejects with `aborted`. What was sent may have been recorded all the same. */
  readonly signal?: AbortSignal | undefined;
}

export interface Write extends CallOptions {
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly body: object;
  readonly query?: Readonly<Record<string, string | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Whether a late second sending harms nobody. */
  readonly idempotent: boolean;
}

export const write = async <Written>(transport: Transport, call: Write): Promise<Written> => {
  const { body, headers, ...rest } = call;
  return transport.json({
    ...rest,
    headers: { ...headers, 'content-type': 'application/json' },
    body: jsonOf(body),
  });
};

/** @throws ClientError `wrong-use` where it is nothing that JSON can hold */
export const jsonOf = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch (cause) {
    throw new ClientError('wrong-use', 'What is to be sent cannot be written as JSON', { cause });
  }
};
