import { DatabaseError } from 'pg';

/** What a failure means for the caller. */
export type PostgresFailureKind =
  | 'busy'
  | 'closed'
  | 'corrupt'
  | 'full'
  | 'missing'
  | 'no-database'
  | 'no-rights'
  | 'read-only'
  | 'refused'
  | 'too-large'
  | 'too-old'
  | 'unreachable';

export interface PostgresFailure {
  readonly kind: PostgresFailureKind;
  /** What is wrong with the server, and what to do; the server and the schema are the caller's to name. */
  readonly message: string;
  /** Whether the same call may go through later. */
  readonly retryable: boolean;
}

/** Thrown where a server or a database will not do, and where connections are asked for after they were closed. */
export class PostgresError extends Error {
  override readonly name = 'PostgresError';
  readonly kind: PostgresFailureKind;

  constructor(kind: PostgresFailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** The SQLSTATE codes, or the classes they begin with, of https://www.postgresql.org/docs/current/errcodes-appendix.html */
const kinds: readonly (readonly [RegExp, PostgresFailureKind])[] = [
  [/^28/, 'refused'],
  [/^3D000$/, 'no-database'],
  [/^42501$/, 'no-rights'],
  [/^(?:42P01|42703|3F000)$/, 'missing'],
  [/^(?:40001|40P01|55P03|57014)$/, 'busy'],
  [/^(?:08|57P0|25P0[34]|53300)/, 'unreachable'],
  [/^53/, 'full'],
  [/^25006$/, 'read-only'],
  [/^54/, 'too-large'],
  [/^XX00[12]$/, 'corrupt'],
];

const messages: Readonly<Record<PostgresFailureKind, string>> = {
  busy: 'it took too long, or somebody else held what it needs',
  closed: 'it was closed',
  corrupt: 'the server says that its data are damaged',
  full: 'the server has no space or memory left',
  missing: 'it is not there, or not whole',
  'no-database': 'the database does not exist: create it, or correct the URL',
  'no-rights': 'the user of the URL lacks a right: grant it, or name another user',
  'read-only': 'the server takes no writes, as a standby does: name the primary in the URL',
  refused: 'the server refuses the user of the URL: check name, password and TLS settings',
  'too-large': 'a value is longer than the server can keep or index',
  'too-old': 'the server will not do',
  unreachable: 'the server cannot be reached: check that it runs, and host and port of the URL',
};

const passing: ReadonlySet<PostgresFailureKind> = new Set(['busy', 'full', 'missing', 'unreachable']);

const systemCodes =
  /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ETIMEDOUT|ENOENT|ECONNABORTED|EADDRNOTAVAIL)$/;
const tlsCodes = /^(?:ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/;

/** What the driver itself says has no code. */
const drivers: readonly (readonly [RegExp, PostgresFailureKind])[] = [
  // No connection of the pool became free in time.
  [/^timeout exceeded when trying to connect$/, 'busy'],
  [
    /^(?:Connection terminated|Query read timeout|timeout expired|Client has encountered|Client was closed)/,
    'unreachable',
  ],
  [/^(?:SASL|The server does not support SSL|There was an error establishing an SSL)/, 'refused'],
];

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

const kindOf = (error: Error): PostgresFailureKind | undefined => {
  if (error instanceof PostgresError) return error.kind;
  const code = codeOf(error);
  if (error instanceof DatabaseError) return kinds.find(([pattern]) => pattern.test(code))?.[1];
  if (systemCodes.test(code)) return 'unreachable';
  if (tlsCodes.test(code)) return 'refused';
  return drivers.find(([pattern]) => pattern.test(error.message))?.[1];
};

/** What a failure of the server or the driver means; `null` where it is neither's, or one that no caller can mend. */
export const failureOf = (error: unknown): PostgresFailure | null => {
  if (!(error instanceof Error)) return null;
  const kind = kindOf(error);
  if (kind === undefined) return null;
  // Errors of several addresses of one host come together, without a message.
  const said = error.message === '' ? codeOf(error) : error.message;
  const message = error instanceof PostgresError ? said : `${messages[kind]} (${said})`;
  return { kind, message, retryable: passing.has(kind) };
};

/** "cached plan must not change result type" */
export const isPlanOutdated = (error: unknown): boolean => error instanceof DatabaseError && error.code === '0A000';

/** Whether a connection can be used after the failure: it can after what the server answered, unless it hung up. */
export const isConnectionLost = (error: unknown): boolean =>
  !(error instanceof DatabaseError) || kindOf(error) === 'unreachable';
