import type { Config } from '@stance/config';
import type { HttpApp } from '@stance/http';
import type { Logger } from 'pino';

import { listen } from './listen.ts';

/** A service that listens. */
export interface Serving {
  /** `http://127.0.0.1:4000` */
  readonly address: string;
  readonly port: number;
  /**
   * Takes no more calls, lets those under way finish within the configured time, then closes everything. Later calls wait
   * for the same stop.
   */
  stop(): Promise<void>;
}

export interface ServingOptions {
  readonly config: Config;
  readonly logger: Logger;
}

/** Has the app stop before all that was opened so far is closed. */
const stopFirst = (app: HttpApp, closing: AsyncDisposableStack, { config, logger }: ServingOptions): void => {
  closing.defer(async () => {
    const { cutOff } = await app.kit.stop(config.stopSeconds * 1000);
    if (cutOff > 0) logger.warn({ cutOff }, 'calls were cut off at the deadline of the stop');
  });
};

/**
 * Opens what a service rests on and lets it listen.
 *
 * @param open says on `closing` what closes again what it opens.
 * @param prepare what has to be done with it before anybody may ask.
 * @throws whatever these two do, or StartError; nothing is left open then.
 */
export const startServing = async <Opened extends { readonly app: HttpApp }>(
  options: ServingOptions,
  open: (closing: AsyncDisposableStack) => Promise<Opened>,
  prepare: (opened: Opened) => Promise<void> = () => Promise.resolve(),
): Promise<Serving & { readonly opened: Opened }> => {
  const closing = new AsyncDisposableStack();
  try {
    const opened = await open(closing);
    stopFirst(opened.app, closing, options);
    await opened.app.ready();
    await prepare(opened);
    const { address, port } = await listen(opened.app, options.config);
    let stopped: Promise<void> | null = null;
    return {
      opened,
      address,
      port,
      stop: () => {
        stopped ??= closing.disposeAsync();
        return stopped;
      },
    };
  } catch (error) {
    await closing.disposeAsync();
    throw error;
  }
};
