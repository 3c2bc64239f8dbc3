import { createTransport } from './call/transport.ts';
import type { RetryPolicy } from './call/retry.ts';
import { ClientError } from './client-error.ts';
import { createActors, type Actors } from './resource/actors.ts';
import { createChanges, type Changes } from './resource/changes.ts';
import { createHistories, type Histories } from './resource/histories.ts';
import { createMethods, type Methods } from './resource/methods.ts';
import { createParked, type Parked } from './resource/parked.ts';
import { createPropositions, type Propositions } from './resource/propositions.ts';
import { createService, type Service } from './resource/service.ts';
import { createStances, type Stances } from './resource/stances.ts';
import { createStatements, type Statements } from './resource/statements.ts';
import { createTopics, type Topics } from './resource/topics.ts';
import { createVersions, type Versions } from './resource/versions.ts';
import { createWebhooks, type Webhooks } from './resource/webhooks.ts';
import { createProgress, type Progress } from './progress.ts';

export interface ClientOptions {
  /** Where the service is, such as `http://127.0.0.1:4000`; a path in it is kept as a prefix. */
  readonly baseUrl: string;
  /** A token of the service, or what gives the present one: it is asked before every call. */
  readonly token?: string | (() => string | undefined) | undefined;
  /** Sent with every call, such as `x-correlation-id`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How calls that may go through later are made again; `false`: never. */
  readonly retry?: RetryPolicy | false;
  /** How long an answer may take, in milliseconds; of those that are streamed their beginning. Default: 60,000. */
  readonly timeout?: number;
  /** Ends all that this client does: calls reject with `aborted`, streams and copies end. */
  readonly signal?: AbortSignal | undefined;
  /** In place of the environment's own. */
  readonly fetch?: typeof globalThis.fetch;
}

/** The whole API of the service. What its calls throw is a `ClientError`, always. */
export interface Client extends Progress {
  readonly baseUrl: string;
  readonly statements: Statements;
  readonly actors: Actors;
  readonly propositions: Propositions;
  readonly topics: Topics;
  readonly stances: Stances;
  readonly histories: Histories;
  readonly changes: Changes;
  readonly methods: Methods;
  readonly parked: Parked;
  readonly versions: Versions;
  readonly webhooks: Webhooks;
  readonly service: Service;
}

/** @throws ClientError `wrong-use` where `baseUrl` is not an http or https URL */
export const createClient = (options: ClientOptions): Client => {
  const baseUrl = checkedUrl(options.baseUrl);
  const { token, retry = {} } = options;
  const transport = createTransport({
    baseUrl,
    token: typeof token === 'string' ? () => token : token,
    headers: options.headers ?? {},
    retry: retry === false ? { tries: 1 } : retry,
    timeout: options.timeout ?? 60_000,
    signal: options.signal,
    // Browsers want it called on what it belongs to.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
  });
  const service = createService(transport);
  return {
    baseUrl,
    statements: createStatements(transport),
    actors: createActors(transport),
    propositions: createPropositions(transport),
    topics: createTopics(transport),
    stances: createStances(transport),
    histories: createHistories(transport),
    changes: createChanges(transport, service),
    methods: createMethods(transport),
    parked: createParked(transport),
    versions: createVersions(transport),
    webhooks: createWebhooks(transport),
    service,
    ...createProgress(transport, service),
  };
};

const checkedUrl = (text: string): string => {
  let url: URL | undefined;
  try {
    url = new URL(text);
  } catch {
    // Said below, with what is no URL of a service for other reasons.
  }
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new ClientError('wrong-use', `baseUrl: "${text}" is not an http or https URL`);
  return url.href.replace(/\/+$/, '');
};
