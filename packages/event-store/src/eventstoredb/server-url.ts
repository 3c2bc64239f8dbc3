import type { Credentials } from '@eventstore/db-client';

import { EventStoreError } from '../errors.ts';

/** Where the server is and who asks. */
export interface ServerUrl {
  /** What the client is given. */
  readonly connectionString: string;
  /** The same without the password, for messages. */
  readonly place: string;
  /** Empty where the server is without TLS: the client sends none then. */
  readonly credentials: Credentials;
}

const options = new Set([
  'connectionname',
  'discoveryinterval',
  'gossiptimeout',
  'keepaliveinterval',
  'keepalivetimeout',
  'maxdiscoverattempts',
  'tls',
  'tlscafile',
]);

const example = 'esdb://user:password@host:2113, or esdb://host:2113?tls=false for a server without TLS';

/**
 * Takes apart the URL of a server. The client would take more than this, and tells what it does not know on the console.
 *
 * @throws EventStoreError `event-store-misconfigured`, in one line and without the password.
 */
export function parseServerUrl(url: string): ServerUrl {
  const [, scheme, rest] = /^([^:/?#]*):\/\/(.*)$/.exec(url.trim()) ?? [];
  if (scheme === undefined || rest === undefined) throw misconfigured(`it is no URL, such as ${example}`);
  if (scheme !== 'esdb' && scheme !== 'esdb+discover') {
    throw misconfigured(`its scheme is ${scheme}, but must be esdb or esdb+discover: ${example}`);
  }
  const [, login, hosts, query] = /^(?:([^/?]*)@)?([^@/?]+)\/?(?:\?(.*))?$/.exec(rest) ?? [];
  if (hosts === undefined) throw misconfigured(`it names no host: ${example}`);
  const place = `${scheme}://${hosts}`;
  for (const host of hosts.split(',')) checkHost(host, place);
  const tls = checkOptions(query, place);
  const credentials = login === undefined ? undefined : toCredentials(login, place);
  if (tls && credentials === undefined) {
    throw misconfigured('a server with TLS wants user and password', place);
  }
  return {
    connectionString: `${scheme}://${login === undefined ? '' : `${login}@`}${hosts}${query ? `?${query}` : ''}`,
    place,
    credentials: credentials ?? { username: '', password: '' },
  };
}

function checkHost(host: string, place: string): void {
  const [name, port, ...more] = host.split(':');
  const number = Number(port ?? '2113');
  if (name === '' || more.length > 0 || !Number.isInteger(number) || number < 1 || number > 65_535) {
    throw misconfigured(`${host} is not a host with a port`, place);
  }
}

/** Whether TLS is on. */
function checkOptions(query: string | undefined, place: string): boolean {
  let tls = true;
  for (const pair of query === undefined || query === '' ? [] : query.split('&')) {
    const [key = '', value = ''] = pair.split('=');
    if (!options.has(key.toLowerCase())) throw misconfigured(`there is no option ${key}`, place);
    if (value === '') throw misconfigured(`the option ${key} has no value`, place);
    if (key.toLowerCase() === 'tls') {
      if (value !== 'true' && value !== 'false') throw misconfigured(`tls is true or false, not ${value}`, place);
      tls = value === 'true';
    }
  }
  return tls;
}

function toCredentials(login: string, place: string): Credentials {
  const [username, password, ...more] = login.split(':');
  if (!username || !password || more.length > 0) {
    throw misconfigured('before the @ stand user and password, with %3A for a colon and %40 for an @ in them', place);
  }
  try {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch (cause) {
    throw misconfigured('a % in user or password is written %25', place, cause);
  }
}

function misconfigured(what: string, place?: string, cause?: unknown): EventStoreError {
  const whose = place === undefined ? 'the URL of the event store' : place;
  return new EventStoreError('event-store-misconfigured', `${whose}: ${what}`, { cause });
}
