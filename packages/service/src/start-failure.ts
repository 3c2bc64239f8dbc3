import { isWrongUse } from './given-files.ts';

/** How a process that could not start ends: what it says, and with which exit code (1 failed, 2 wrong use). */
export interface StartFailure {
  readonly message: string;
  readonly exitCode: 1 | 2;
}

/** The service could not start; the message says what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code = 'cannot-start';
  readonly retryable = false;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Why the port cannot be had where the service itself has it, by the files that it works on. */
export const runsAlreadyError = (
  cause: unknown,
  { host, port }: { host: string; port: number },
  file: string,
): StartError =>
  new StartError(
    `The service runs already: port ${port} on ${host} is taken, and another process works on ${file}. Ask that one, or ` +
      'stop it first. For a second one set STANCE_PORT, STANCE_EVENT_STORE_URL and STANCE_READ_MODEL_URL.',
    { cause },
  );

export const isTaken = (cause: unknown): boolean => codeOf(cause) === 'EADDRINUSE';

/** Why the address could not be listened on. */
export const listenError = (cause: unknown, host: string, port: number): StartError => {
  const why: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} on ${host} is taken: stop the program that uses it, or set STANCE_PORT to another port (0 for any that is free).`,
    EACCES: `Port ${port} may not be listened on: set STANCE_PORT to one above 1023.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine: set STANCE_HOST to one that is (127.0.0.1, or 0.0.0.0 for all).`,
    ENOTFOUND: `The host name ${host} is not known: set STANCE_HOST to an address of this machine.`,
  };
  const message = why[codeOf(cause)] ?? `Cannot listen on ${host}, port ${port}: ${messageOf(cause)}.`;
  return new StartError(message, { cause });
};

/** Why the folder of a store could not be made. */
export const folderError = (cause: unknown, folder: string, variable: string): StartError => {
  const elsewhere = `set ${variable} to another place`;
  const why: Readonly<Record<string, string>> = {
    EACCES: `There is no permission to make the folder ${folder}: give yourself write permission there, or ${elsewhere}.`,
    EPERM: `There is no permission to make the folder ${folder}: give yourself write permission there, or ${elsewhere}.`,
    EROFS: `The folder ${folder} cannot be made on a read-only disk: ${elsewhere}.`,
    ENOSPC: `The folder ${folder} cannot be made on a full disk: make room, or ${elsewhere}.`,
    EEXIST: `${folder} is a file where a folder is needed: move it away, or ${elsewhere}.`,
    ENOTDIR: `${folder} lies under a file where a folder is needed: ${elsewhere}.`,
  };
  return new StartError(why[codeOf(cause)] ?? `Cannot make the folder ${folder}: ${messageOf(cause)}.`, { cause });
};

/** Which variable points at the store that complains, and what helps beside it. */
const storeHints: readonly (readonly [prefix: string, hint: string])[] = [
  ['event-store-', 'The event store is what STANCE_EVENT_STORE_URL names.'],
  [
    'read-model-',
    'The read model is what STANCE_READ_MODEL_URL names; it is made anew from the events where there is none.',
  ],
  ['relay-state-', "The relay's state is kept in what STANCE_READ_MODEL_URL names."],
  ['distribution-', 'The broker is what STANCE_BROKER_URL names.'],
  ['webhooks-', 'Webhooks are kept in what STANCE_WEBHOOKS_URL names; without it, beside the feed.'],
  ['feed-', 'The feed store is what STANCE_FEED_STORE_URL names; without it, it goes with the read model.'],
];

export const startFailureOf = (error: unknown): StartFailure => {
  if (isWrongUse(error)) return { message: error.message, exitCode: 2 };
  if (error instanceof StartError) return { message: error.message, exitCode: 1 };
  const code = codeOf(error);
  // A URL of the right kind with something wrong in it, which its adapter finds.
  const exitCode = code.endsWith('-misconfigured') ? 2 : 1;
  const hint = storeHints.find(([prefix]) => code.startsWith(prefix))?.[1];
  const message = messageOf(error);
  return { message: hint === undefined ? message : `${message.replace(/\.?$/, '.')} ${hint}`, exitCode };
};
