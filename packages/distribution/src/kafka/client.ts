import type { BrokerUrl } from './broker-url.ts';
import { Kafka, logLevel } from './kafkajs.ts';
import { routedTo, type KafkaLogger } from './logging.ts';
import { silenceNegativeTimeouts } from './negative-timeouts.ts';
import { createSockets, type Sockets } from './sockets.ts';

export interface ClientParts {
  readonly url: BrokerUrl;
  readonly clientId: string;
  readonly logger: KafkaLogger | null;
}

/** A kafkajs client of its own for each use, so that what hangs can be cut off without harm to others. */
export interface Client {
  readonly kafka: Kafka;
  cut(): void;
}

export type ConnectClient = () => Client;

const connectionTimeout = 3000;
const requestTimeout = 10_000;

export function createClient({ url, clientId, logger }: ClientParts, sockets: Sockets = createSockets()): Client {
  const { brokers, ssl, sasl } = url;
  silenceNegativeTimeouts();
  const kafka = new Kafka({
    clientId,
    brokers: [...brokers],
    connectionTimeout,
    requestTimeout,
    socketFactory: sockets.factory,
    retry: { retries: 4, initialRetryTime: 100, maxRetryTime: 2000 },
    ...(ssl ? { ssl: true } : {}),
    ...(sasl === null ? {} : { sasl: { ...sasl } as never }),
    ...(logger === null ? { logLevel: logLevel.NOTHING } : { logLevel: logLevel.INFO, logCreator: routedTo(logger) }),
  });
  return { kafka, cut: sockets.cut };
}
