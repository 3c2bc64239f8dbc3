import type { InputIssue, ProblemCode, ProblemDocument } from './contract/answer.ts';

/** What goes wrong without an answer of the service: these codes are the client's own. */
export type FailureCode =
  /** Nothing answers at the address: no connection came about, so nothing was sent. */
  | 'service-unreachable'
  /** The connection broke off, or never came about for a reason that a browser does not tell. */
  | 'connection-lost'
  /** No answer came in the time that the client waits for one. */
  | 'timeout'
  /** What answers is not a stance tracker, or not one of this version. */
  | 'unexpected-answer'
  /** The signal that was given ended it. */
  | 'aborted'
  /** An option of the client, or an argument, that cannot be. */
  | 'wrong-use';

/** The codes of problems that this version of the service knows, those of the client, and those of later versions. */
export type ClientErrorCode = ProblemCode | FailureCode | (string & Record<never, never>);

export interface ClientErrorOptions {
  readonly status?: number;
  readonly retryable?: boolean;
  readonly retryAfter?: number | undefined;
  readonly problem?: ProblemDocument | undefined;
  readonly call?: string | undefined;
  readonly cause?: unknown;
}

/** What every call of the client throws, and the only thing. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  /** Stable: programs tell failures apart by it. */
  readonly code: ClientErrorCode;
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** Whether the same call may go through later. */
  readonly retryable: boolean;
  /** How long the service asked to wait before that, in milliseconds. */
  readonly retryAfter: number | undefined;
  /** What the service answered with, where it did. */
  readonly problem: ProblemDocument | undefined;
  /** What was asked, as `GET /v1/actors/ann`. */
  readonly call: string | undefined;

  constructor(code: ClientErrorCode, message: string, options: ClientErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status ?? 0;
    this.retryable = options.retryable ?? false;
    this.retryAfter = options.retryAfter;
    this.problem = options.problem;
    this.call = options.call;
  }

  /** What is wrong with which field of the input. */
  get issues(): readonly InputIssue[] {
    return this.problem?.errors ?? [];
  }
}
