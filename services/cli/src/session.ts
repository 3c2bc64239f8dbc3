import { randomUUID } from 'node:crypto';

import { createClient, type Client } from '@stance/client';
import { checkVariableNames } from '@stance/config';
import { InvalidArgumentError, type Command } from 'commander';

import { findBaseUrl } from './client/base-url.ts';
import { createNames, type Names } from './client/names.ts';
import { createTerminal, type Terminal } from './terminal/terminal.ts';

/** What every command works with. */
export interface Session {
  readonly terminal: Terminal;
  readonly client: Client;
  /** What all its calls are recorded under, so that what they wrote can be found, and undone, as one. */
  readonly correlationId: string;
  readonly names: Names;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface GlobalOptions {
  readonly json?: boolean;
  readonly url?: string;
  readonly token?: string;
}

/** How long an answer is waited for, in milliseconds. */
const patience = 10 * 60_000;

export const openSession = (command: Command, signal: AbortSignal): Session => {
  const options = command.optsWithGlobals<GlobalOptions>();
  const correlationId = randomUUID();
  let client: Client | undefined;
  let names: Names | undefined;

  const openClient = (): Client => {
    // A misspelt one would have the command ask somewhere else, without a word.
    checkVariableNames(process.env);
    return createClient({
      baseUrl: findBaseUrl(options.url, process.env),
      token: options.token ?? process.env['STANCE_TOKEN'],
      headers: { 'x-correlation-id': correlationId },
      // Whoever typed a command is told at once that nothing answers; what takes long tries again by itself.
      retry: false,
      // Comparing methods may take its time, and Ctrl-C is at hand.
      timeout: patience,
      signal,
    });
  };

  return {
    terminal: createTerminal(options.json === true),
    signal,
    correlationId,
    // Commands that work on files need no service, and not even a valid URL of one.
    get client() {
      client ??= openClient();
      return client;
    },
    get names() {
      names ??= createNames(this.client);
      return names;
    },
  };
};

/** An option's value as a whole number from `least` on. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`It must be a whole number from ${least} on.`);
    return value;
  };

/** The options of all commands that read at a time. */
export const withReadOptions = (command: Command): Command =>
  command
    .option('--known-at <time>', 'as recorded by then: an instant, a day, or a position of the log')
    .option(
      '--min-position <position>',
      'wait until the answer covers this position, which a write gave',
      wholeNumber(0),
    );

/** `more`: what `--at` means for a command besides. */
export const withStanceOptions = (command: Command, more = ''): Command =>
  withReadOptions(command)
    .option('--at <date>', `as said by then: a date (EDTF), whose end counts, or an instant${more}`)
    .option('--method <name>', 'the method to tell it by');

export interface ReadOptions {
  readonly knownAt?: string;
  readonly minPosition?: number;
  readonly at?: string;
  readonly method?: string;
}

export const readQuery = ({ knownAt, minPosition, at, method }: ReadOptions) => ({ knownAt, minPosition, at, method });

/** How many rows people are shown where they don't say; programs get all. */
const shownRows = 50;

export const withLimit = (command: Command): Command =>
  command.option('--limit <rows>', `at most so many (default: ${shownRows}, with --json all)`, wholeNumber(1));

export const rowLimit = (limit: number | undefined, terminal: Terminal): number | undefined =>
  limit ?? (terminal.json ? undefined : shownRows);
