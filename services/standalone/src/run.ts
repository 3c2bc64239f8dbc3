import { relative } from 'node:path';

import type { Config, LogLevel } from '@stance/config';
import { isLocalName } from '@stance/http';
import { pino } from 'pino';
import type { Logger } from 'pino';

import { readWholeConfig } from './given-files.ts';
import { startStandalone } from './standalone.ts';
import type { Standalone } from './standalone.ts';
import { startFailureOf } from './start-failure.ts';

/** The service as a process of its own ends with: 0 stopped as asked, 1 failed, 2 wrong use or configuration. */
export type ExitCode = 0 | 1 | 2;

const endAtOnce = (code: ExitCode): never => {
  // oxlint-disable-next-line unicorn/no-process-exit -- what is still open must not keep the process
  process.exit(code);
};

/** Copies of one signal come this close, in milliseconds: npm and process managers signal a process and its parents. */
const sameSignal = 200;

/** Resolves at the first signal to stop; a second one ends the process at once. */
const signalled = (): { readonly received: Promise<NodeJS.Signals>; readonly release: () => void } => {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let asked: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (asked !== undefined && performance.now() - asked > sameSignal) endAtOnce(1);
    asked ??= performance.now();
    resolve(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    received: promise,
    release: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
};

/** From the current folder where it lies in it. */
const shownPath = (path: string): string => {
  const way = relative('', path);
  return way === '' || way.startsWith('..') ? path : way;
};

/** Where it listens and what it has loaded, for a program: one line of JSON. */
const announceAsJson = ({ address, seeded }: Standalone): void => {
  process.stdout.write(`${JSON.stringify({ address, seeded })}\n`);
};

/** Where the command looks for the service that is told nothing. */
const defaultAddress = 'http://127.0.0.1:4000';

const announce = (standalone: Standalone): void => {
  const lines = [`Stance tracker listens on ${standalone.address}`];
  for (const { folder, actors, propositions, statements } of standalone.seeded) {
    lines.push(
      `Loaded the examples in ${shownPath(folder)}: ${actors} actors, ${propositions} propositions, ${statements} statements`,
    );
  }
  const url = standalone.address === defaultAddress ? '' : ` --url ${standalone.address}`;
  lines.push(
    `Ask it from another terminal, for example: npm run -s stance -- changes${url}`,
    `All that it can be asked, for a browser: ${standalone.address}/docs`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
};

/** A terminal has a reader, not a collector of logs: unless told otherwise it gets what needs attention. */
const logLevel = (config: Config, env: NodeJS.ProcessEnv): LogLevel =>
  process.stderr.isTTY && !env['STANCE_LOG_LEVEL'] ? 'warn' : config.logLevel;

const failed = (error: unknown): ExitCode => {
  const { message, exitCode } = startFailureOf(error);
  process.stderr.write(`stance tracker: ${message}\n`);
  return exitCode;
};

const stop = async (standalone: Standalone, logger: Logger): Promise<ExitCode> => {
  try {
    await standalone.stop();
    return 0;
  } catch (error) {
    logger.fatal({ err: error }, 'the service could not be stopped in order');
    return 1;
  }
};

/**
 * Runs the service until a signal asks it to stop. The address goes to standard output, in the first line; the log to
 * standard error. Never rejects: what went wrong is said on standard error, and by the exit code.
 */
export const runStandalone = async (
  env: NodeJS.ProcessEnv,
  { json = false }: { readonly json?: boolean } = {},
): Promise<ExitCode> => {
  const signal = signalled();
  try {
    const config = readWholeConfig(env);
    const logger = pino({ level: logLevel(config, env) }, pino.destination({ dest: 2, sync: true }));
    const onFault = (error: unknown): void => {
      logger.fatal({ err: error }, 'the process ends: an error that nothing handles');
      endAtOnce(1);
    };
    process.on('uncaughtException', onFault).on('unhandledRejection', onFault);
    try {
      const standalone = await startStandalone(config, { logger });
      if (config.tokensFile === null && !isLocalName(config.host)) {
        logger.warn(
          { host: config.host },
          'whoever reaches this address may read everything, and only this machine may write: set STANCE_TOKENS to say who may do what',
        );
      }
      if (json) announceAsJson(standalone);
      else announce(standalone);
      logger.info({ signal: await signal.received }, 'stopping');
      return await stop(standalone, logger);
    } finally {
      process.off('uncaughtException', onFault).off('unhandledRejection', onFault);
    }
  } catch (error) {
    return failed(error);
  } finally {
    signal.release();
  }
};
