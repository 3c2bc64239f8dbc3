import { DistributionError } from '../errors.ts';

export type SaslMechanism = 'plain' | 'scram-sha-256' | 'scram-sha-512';

export interface Sasl {
  readonly mechanism: SaslMechanism;
  readonly username: string;
  readonly password: string;
}

/** Where the brokers are and who asks. */
export interface BrokerUrl {
  readonly brokers: readonly string[];
  /** The URL without login and options, for messages. */
  readonly place: string;
  readonly ssl: boolean;
  readonly sasl: Sasl | null;
  /** In front of the names of topics and groups. */
  readonly topicPrefix: string;
  /** For topics that are made: copies of each partition; -1 leaves it to the brokers. */
  readonly replicationFactor: number;
  /** For topics that are made. */
  readonly partitions: number;
}

const mechanisms: readonly SaslMechanism[] = ['plain', 'scram-sha-256', 'scram-sha-512'];
const options = ['mechanism', 'partitions', 'replicationFactor', 'ssl', 'topicPrefix'];
const example = 'kafka://host:9092,host:9092, or kafka://user:password@host:9093?ssl=true&mechanism=scram-sha-512';

/**
 * Takes apart the URL of a Kafka cluster.
 *
 * @throws DistributionError `distribution-misconfigured`, in one line and without the password.
 */
export function parseBrokerUrl(url: string): BrokerUrl {
  const [, scheme, rest] = /^([^:/?#]*):\/\/(.*)$/.exec(url.trim()) ?? [];
  if (scheme === undefined || rest === undefined) throw misconfigured(`it is no URL, such as ${example}`);
  if (scheme !== 'kafka') throw misconfigured(`its scheme is ${scheme}, but must be kafka: ${example}`);
  const [, login, hosts, query = ''] = /^(?:([^/?]*)@)?([^@/?]+)\/?(?:\?(.*))?$/.exec(rest) ?? [];
  if (hosts === undefined) throw misconfigured(`it names no host: ${example}`);
  // What stands before it is no host then, and is not shown.
  if (query.includes('@')) throw misconfigured('before the @ stand user and password, with %3F for a ? in them');
  const place = `kafka://${hosts}`;
  const given = readOptions(query, place);
  const mechanism = given.get('mechanism');
  if (login === undefined && mechanism !== undefined) throw misconfigured('mechanism wants user and password', place);
  return {
    brokers: hosts.split(',').map((host) => checkHost(host, place)),
    place,
    ssl: readFlag('ssl', given.get('ssl'), place),
    sasl: login === undefined ? null : { mechanism: readMechanism(mechanism, place), ...readLogin(login, place) },
    topicPrefix: readPrefix(given.get('topicPrefix'), place),
    replicationFactor: readCount('replicationFactor', given.get('replicationFactor'), -1, place),
    partitions: readCount('partitions', given.get('partitions'), 12, place),
  };
}

function checkHost(host: string, place: string): string {
  const [name, port, ...more] = host.split(':');
  const number = Number(port ?? '9092');
  if (name === '' || more.length > 0 || !Number.isInteger(number) || number < 1 || number > 65_535) {
    throw misconfigured(`${host} is not a host with a port`, place);
  }
  return `${name}:${number}`;
}

function readOptions(query: string, place: string): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(query)) {
    if (!options.includes(key)) throw misconfigured(`there is no option ${key}, only ${options.join(', ')}`, place);
    if (given.has(key)) throw misconfigured(`the option ${key} is given twice`, place);
    given.set(key, value);
  }
  return given;
}

function readFlag(key: string, value: string | undefined, place: string): boolean {
  if (value !== undefined && value !== 'true' && value !== 'false') {
    throw misconfigured(`${key} is true or false, not ${value}`, place);
  }
  return value === 'true';
}

function readCount(key: string, value: string | undefined, usual: number, place: string): number {
  if (value === undefined) return usual;
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1 || count > 10_000) {
    throw misconfigured(`${key} is a whole number from 1, not ${value}`, place);
  }
  return count;
}

function readMechanism(value: string | undefined, place: string): SaslMechanism {
  if (value === undefined) return 'plain';
  const known = mechanisms.find((mechanism) => mechanism === value);
  if (known === undefined) throw misconfigured(`mechanism is one of ${mechanisms.join(', ')}, not ${value}`, place);
  return known;
}

function readPrefix(value: string | undefined, place: string): string {
  if (value !== undefined && !/^[A-Za-z0-9._-]{1,150}$/.test(value)) {
    throw misconfigured('topicPrefix is made of letters, digits, dots, underscores and hyphens', place);
  }
  return value ?? '';
}

function readLogin(login: string, place: string): { readonly username: string; readonly password: string } {
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

function misconfigured(what: string, place?: string, cause?: unknown): DistributionError {
  return new DistributionError('distribution-misconfigured', `${place ?? 'the URL of the broker'}: ${what}`, { cause });
}
