import type { Config, LogLevel, ServiceName } from '@stance/config';
import { isLocalName } from '@stance/http';
import { pino } from 'pino';
import type { Logger } from 'pino';

import { readWholeConfig } from './given-files.ts';
import { endAtOnce, signalled } from './signalled.ts';
import { startFailureOf } from './start-failure.ts';
import { steadyThreads } from './steady-threads.ts';

/** A process of its own ends with: 0 stopped as asked, 1 failed, 2 wrong use or configuration. */
export type ExitCode = 0 | 1 | 2;

/** A service that runs in this process. */
export interface RunningService {
  /** Where it listens: `http://127.0.0.1:4000`. */
  readonly address: string;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly logger: Logger;
  /** Aborted at a signal to stop: what a start waits for is to be given up then, by rejecting with its reason. */
  readonly stopping: AbortSignal;
}

/** A service as a process: how it is started, and what it says once it runs. */
export interface ServiceProcess<Service extends RunningService> {
  readonly name: ServiceName;
  start(config: Config, options: StartOptions): Promise<Service>;
  /** What goes to standard output, each on a line of its own. */
  announcement(service: Service): readonly string[];
}

/** A terminal has a reader, not a collector of logs: unless told otherwise it gets what needs attention. */
const logLevel = (config: Config, env: NodeJS.ProcessEnv): LogLevel =>
  process.stderr.isTTY && !env['STANCE_LOG_LEVEL'] ? 'warn' : config.logLevel;

const failed = (error: unknown): ExitCode => {
  const { message, exitCode } = startFailureOf(error);
  process.stderr.write(`stance tracker: ${message}\n`);
  return exitCode;
};

/** How long all else may take to close once the calls under way have ended, in milliseconds. */
const closingTime = 15_000;

const stop = async (service: RunningService, logger: Logger): Promise<ExitCode> => {
  try {
    await service.stop();
    return 0;
  } catch (error) {
    logger.fatal({ err: error }, 'the service could not be stopped in order');
    return 1;
  }
};

/**
 * Runs a service until a signal asks it to stop; one that does not manage to in time, be it still starting, is ended. What
 * it announces goes to standard output, the log to standard error. Never rejects: what went wrong is said on standard error,
 * and by the exit code. A start that is given up for the signal is a stop as asked.
 */
export const runProcess = async <Service extends RunningService>(
  env: NodeJS.ProcessEnv,
  { name, start, announcement }: ServiceProcess<Service>,
): Promise<ExitCode> => {
  steadyThreads();
  const signal = signalled();
  const stopping = new AbortController();
  try {
    const config = readWholeConfig(env, name);
    const logger = pino(
      { level: logLevel(config, env), ...(name === 'standalone' ? {} : { base: { service: name } }) },
      pino.destination({ dest: 2, sync: true }),
    );
    const onFault = (error: unknown): void => {
      logger.fatal({ err: error }, 'the process ends: an error that nothing handles');
      endAtOnce(1);
    };
    process.on('uncaughtException', onFault).on('unhandledRejection', onFault);
    let late: NodeJS.Timeout | undefined;
    const onLate = (): void => {
      logger.fatal({}, 'the process ends: the service did not stop in time');
      endAtOnce(1);
    };
    void signal.received.then(() => {
      stopping.abort();
      late = setTimeout(onLate, config.stopSeconds * 1000 + closingTime);
    });
    try {
      const service = await start(config, { logger, stopping: stopping.signal });
      if (config.tokensFile === null && !isLocalName(config.host)) {
        logger.warn(
          { host: config.host },
          'whoever reaches this address may read everything, and only this machine may write: set STANCE_TOKENS to say who may do what',
        );
      }
      process.stdout.write(`${announcement(service).join('\n')}\n`);
      logger.info({ signal: await signal.received }, 'stopping');
      return await stop(service, logger);
    } finally {
      clearTimeout(late);
      process.off('uncaughtException', onFault).off('unhandledRejection', onFault);
    }
  } catch (error) {
    return stopping.signal.aborted && error === stopping.signal.reason ? 0 : failed(error);
  } finally {
    signal.release();
  }
};
