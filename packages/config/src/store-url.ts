/** A database of one file. */
export interface SqliteStore {
  readonly kind: 'sqlite';
  readonly file: string;
}

/** A server, or a cluster of them, that is known by its URL. */
export interface ServerStore<Kind extends 'esdb' | 'postgres' | 'kafka'> {
  readonly kind: Kind;
  /** As given, password and all: never to be shown. */
  readonly url: string;
}

export type EventStoreLocation = SqliteStore | ServerStore<'esdb'>;
export type ReadModelLocation = SqliteStore | ServerStore<'postgres'>;
export type BrokerLocation = ServerStore<'kafka'>;

/** What a scheme stands for, and how such a URL is written. */
const servers: Readonly<Record<string, { readonly kind: 'esdb' | 'postgres' | 'kafka'; readonly name: string }>> = {
  esdb: { kind: 'esdb', name: 'EventStoreDB' },
  'esdb+discover': { kind: 'esdb', name: 'EventStoreDB' },
  postgres: { kind: 'postgres', name: 'PostgreSQL' },
  postgresql: { kind: 'postgres', name: 'PostgreSQL' },
  kafka: { kind: 'kafka', name: 'Kafka' },
};

const forms = {
  sqlite: 'sqlite:PATH',
  esdb: 'esdb://user:password@host:2113',
  postgres: 'postgres://user:password@host:5432/database',
  kafka: 'kafka://host:9092,host:9092',
} as const;

const schemeOf = (url: string): string | null => /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? null;

/**
 * The URL without what stands before the last @, wherever that is, nor after a ?: a password is in no message, be it that it
 * was not written as it has to be.
 */
const shown = (url: string): string => url.replace(/^([a-z][a-z0-9+.-]*:\/\/).*@/is, '$1').replace(/\?.*$/s, '');

const fileOf = (url: string): string => {
  const path = url.slice('sqlite:'.length);
  const file = path.startsWith('///') ? path.slice(2) : path;
  const how = `write ${forms.sqlite}`;
  if (file === '' || file.endsWith('/') || file.includes('\0')) throw new Error(`"${url}" names no file; ${how}`);
  if (file.startsWith('//')) throw new Error(`"${url}" names a host; a file is written sqlite:PATH or sqlite:///PATH`);
  if (file.startsWith(':')) throw new Error(`"${url}" would be lost at the end of the process; name a file`);
  return file;
};

type Kind = keyof typeof forms;
type Location<Chosen extends Kind> = Chosen extends 'sqlite' ? SqliteStore : ServerStore<Exclude<Chosen, 'sqlite'>>;

/** Reads the URL of a store or broker of one of these kinds. @throws Error whose message says what to write instead. */
const locationOf = <Chosen extends Kind>(
  what: string,
  kinds: readonly Chosen[],
): ((url: string) => Location<Chosen>) => {
  const how = `write ${kinds.map((kind) => forms[kind]).join(' or ')}`;
  return (url) => {
    const scheme = schemeOf(url);
    const server = scheme === null ? undefined : servers[scheme];
    const found = scheme === 'sqlite' ? scheme : server?.kind;
    if (found === undefined) throw new Error(`"${shown(url)}" is not a URL of ${what}; ${how}`);
    const kind = kinds.find((fitting) => fitting === found);
    if (kind === undefined) {
      throw new Error(`${server?.name ?? 'SQLite'} (${scheme ?? ''}:) does not fit here; ${how}`);
    }
    if (kind === 'sqlite') return { kind, file: fileOf(url) } as Location<Chosen>;
    if (!/^[a-z+]+:\/\/([^@/?]*@)?[^@/?]+/i.test(url)) throw new Error(`"${shown(url)}" names no host; ${how}`);
    return { kind, url } as Location<Chosen>;
  };
};

export const parseEventStore = locationOf('an event store', ['sqlite', 'esdb']);
export const parseReadModel = locationOf('a database', ['sqlite', 'postgres']);
export const parseBroker = locationOf('a broker', ['kafka']);
