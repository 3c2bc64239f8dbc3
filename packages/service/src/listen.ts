import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import type { Config } from '@stance/config';
import type { HttpApp } from '@stance/http';

import { listenError } from './start-failure.ts';

type Address = Pick<Config, 'host' | 'port'>;

/**
 * Whether the address can be listened on, before anything is made that a start that fails would leave behind.
 *
 * @throws StartError; where `runsAlready` knows a better reason, that one.
 */
export const probeAddress = async (
  { host, port }: Address,
  runsAlready: (cause: unknown) => Error | null = () => null,
): Promise<void> => {
  const server = createServer();
  try {
    await once(server.listen({ host, port }), 'listening');
  } catch (cause) {
    throw runsAlready(cause) ?? listenError(cause, host, port);
  }
  server.close();
  await once(server, 'close');
};

/** @throws StartError */
export const listen = async (
  app: HttpApp,
  { host, port }: Address,
): Promise<{ readonly address: string; readonly port: number }> => {
  try {
    const address = await app.listen({ host, port });
    return { address, port: (app.server.address() as AddressInfo).port };
  } catch (cause) {
    throw listenError(cause, host, port);
  }
};
