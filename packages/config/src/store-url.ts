/** A database of one file. */
export interface SqliteStore {
  readonly kind: 'sqlite';
  readonly file: string;
}

/** Stores and brokers of several machines: known by name, so that they are refused with the reason. */
const clusterSchemes: Readonly<Record<string, string>> = {
  esdb: 'EventStoreDB',
  postgres: 'PostgreSQL',
  postgresql: 'PostgreSQL',
  kafka: 'Kafka',
};

const schemeOf = (url: string): string | null => /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? null;

/** @throws Error whose message says what to write instead. */
export const parseSqliteUrl = (url: string, fits: readonly string[]): SqliteStore => {
  const scheme = schemeOf(url);
  const cluster = scheme === null ? undefined : clusterSchemes[scheme];
  if (scheme !== null && cluster !== undefined) {
    if (!fits.includes(scheme)) throw new Error(`${cluster} (${scheme}://) does not fit here; write sqlite:PATH`);
    throw new Error(`${cluster} (${scheme}://) is not in this version; write sqlite:PATH`);
  }
  if (scheme !== 'sqlite') throw new Error(`"${url}" is not a URL of a store; write sqlite:PATH`);
  const path = url.slice('sqlite:'.length);
  const file = path.startsWith('///') ? path.slice(2) : path;
  if (file === '' || file.endsWith('/') || file.includes('\0'))
    throw new Error(`"${url}" names no file; write sqlite:PATH`);
  if (file.startsWith('//')) throw new Error(`"${url}" names a host; a file is written sqlite:PATH or sqlite:///PATH`);
  if (file.startsWith(':')) throw new Error(`"${url}" would be lost at the end of the process; name a file`);
  return { kind: 'sqlite', file };
};

/** @throws Error always, saying why: no broker can be used yet. */
export const refuseBroker = (url: string): null => {
  if (schemeOf(url) !== 'kafka') throw new Error(`"${url}" is not a URL of a broker; leave it out`);
  throw new Error(
    'Kafka (kafka://) is not in this version, and a broker needs a postgres:// read model; leave it out: ' +
      'the projector follows the event store directly',
  );
};
