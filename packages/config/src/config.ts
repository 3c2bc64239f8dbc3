import { join, parse } from 'node:path';

import { ConfigError } from './config-error.ts';
import type { ConfigFault } from './config-error.ts';
import { misfits } from './fitting.ts';
import type { ServiceName } from './fitting.ts';
import { nearestName } from './nearest-name.ts';
import type { BrokerLocation, EventStoreLocation, ReadModelLocation } from './store-url.ts';
import { belongsElsewhere, callerVariables, variables } from './variables.ts';
import type { LogLevel, Seed, Variable } from './variables.ts';

/** All that the service can be told, checked. Paths are as given: relative ones from the working directory. */
export interface Config {
  readonly eventStore: EventStoreLocation;
  readonly readModel: ReadModelLocation;
  readonly feedStore: ReadModelLocation;
  readonly webhookStore: ReadModelLocation;
  /** Addresses and networks that webhooks may call though they are not public. */
  readonly webhooksAllowed: readonly string[];
  /** `null`: the projector follows the event store directly. */
  readonly broker: BrokerLocation | null;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** `null`: only loopback may write. */
  readonly tokensFile: string | null;
  /** Of methods beside the default one. */
  readonly methodFiles: readonly string[];
  readonly logLevel: LogLevel;
  readonly requestsPerSecond: number;
  readonly concurrentRequests: number;
  readonly concurrentStreams: number;
  readonly stopSeconds: number;
  readonly seed: Seed;
}

type Environment = Readonly<Record<string, string | undefined>>;

const unknownVariables = (env: Environment, more: readonly string[] = []): ConfigFault[] => {
  const known: string[] = [...more, ...Object.values(variables).map((variable) => variable.name)];
  return Object.keys(env)
    .filter((name) => name.startsWith('STANCE_') && !known.includes(name) && !belongsElsewhere(name))
    .map((name) => {
      const nearest = nearestName(name, known);
      const hint = nearest === null ? `known are ${known.join(', ')}` : `did you mean ${nearest}?`;
      return { variable: name, message: `there is no such variable; ${hint}` };
    });
};

/**
 * For a program that calls the service.
 *
 * @throws ConfigError where a `STANCE_` variable is neither one of the service nor of those who call it.
 */
export const checkVariableNames = (env: Environment): void => {
  const faults = unknownVariables(env, callerVariables);
  if (faults.length > 0) throw new ConfigError(faults);
};

/** Named after the read model, so that two services in one folder have two: `feed.db` for `read-model.db`. */
const feedFileBeside = (readModel: string): string => {
  const { dir, name, ext } = parse(readModel);
  return join(dir, name === 'read-model' ? `feed${ext}` : `${name}-feed${ext}`);
};

/** Named after the feed: `webhooks.db` for `feed.db`. */
const webhooksFileBeside = (feed: string): string => {
  const { dir, name, ext } = parse(feed);
  return join(dir, name === 'feed' ? `webhooks${ext}` : `${name.replace(/-feed$/, '')}-webhooks${ext}`);
};

/** In the database of the read model, in a schema of its own; of two files, beside it. */
const feedBeside = (readModel: ReadModelLocation): ReadModelLocation =>
  readModel.kind === 'sqlite' ? { kind: 'sqlite', file: feedFileBeside(readModel.file) } : readModel;

/** The same for the webhooks, beside the feed. */
const webhooksBeside = (feed: ReadModelLocation): ReadModelLocation =>
  feed.kind === 'sqlite' ? { kind: 'sqlite', file: webhooksFileBeside(feed.file) } : feed;

/**
 * Reads the configuration of a service from the environment; an empty variable counts as absent.
 *
 * @throws ConfigError with everything that is wrong at once.
 */
export const readConfig = (env: Environment, service: ServiceName = 'standalone'): Config => {
  const faults = unknownVariables(env);
  const read = <Value>(variable: Variable<Value>): Value | null => {
    const given = env[variable.name];
    const text = given === undefined || given === '' ? variable.fallback : given;
    if (text === null) return null;
    try {
      return variable.parse(text);
    } catch (error) {
      faults.push({ variable: variable.name, message: error instanceof Error ? error.message : String(error) });
      return null;
    }
  };

  const eventStore = read(variables.eventStore);
  const readModel = read(variables.readModel);
  const feedGiven = read(variables.feedStore);
  const webhooksGiven = read(variables.webhookStore);
  const webhooksAllowed = read(variables.webhooksAllowed) ?? [];
  const broker = read(variables.broker);
  const host = read(variables.host);
  const port = read(variables.port);
  const tokensFile = read(variables.tokensFile);
  const methodFiles = read(variables.methodFiles) ?? [];
  const logLevel = read(variables.logLevel);
  const requestsPerSecond = read(variables.requestsPerSecond);
  const concurrentRequests = read(variables.concurrentRequests);
  const concurrentStreams = read(variables.concurrentStreams);
  const stopSeconds = read(variables.stopSeconds);
  const seed = read(variables.seed);

  if (
    eventStore === null ||
    readModel === null ||
    host === null ||
    port === null ||
    logLevel === null ||
    requestsPerSecond === null ||
    concurrentRequests === null ||
    concurrentStreams === null ||
    stopSeconds === null ||
    seed === null
  ) {
    throw new ConfigError(faults, { tokensFile, methodFiles });
  }
  const feedStore = feedGiven ?? feedBeside(readModel);
  const webhookStore = webhooksGiven ?? webhooksBeside(feedStore);
  const wrong = new Set(faults.map(({ variable }) => variable));
  // What could not be read at all says nothing of what it would fit.
  faults.push(
    ...misfits(service, { eventStore, readModel, feedStore, webhookStore, broker }).filter(
      ({ variable }) => !wrong.has(variable),
    ),
  );
  if (faults.length > 0) throw new ConfigError(faults, { tokensFile, methodFiles });
  return {
    eventStore,
    readModel,
    feedStore,
    webhookStore,
    webhooksAllowed,
    broker,
    host,
    port,
    tokensFile,
    methodFiles,
    logLevel,
    requestsPerSecond,
    concurrentRequests,
    concurrentStreams,
    stopSeconds,
    seed,
  };
};
