import type { ChangeAnswer, StatementDetail } from '@stance/contracts';

import { published } from './newsroom.ts';
import { openReader } from './stream-reader.ts';
import type { ReadEvent, Reader } from './stream-reader.ts';

/** A copy of what matches a filter, kept by a reader that breaks off and goes on. */
export interface Copy<Value> {
  readonly items: ReadonlyMap<string, Value>;
  /** What it should not have been sent. */
  readonly faults: readonly string[];
  /** Breaks off where it is connected, and connects where it is not. */
  toggle(): Promise<void>;
  connect(): Promise<void>;
  close(): void;
}

const createCopy = <Value>(
  port: number,
  path: string,
  apply: (items: Map<string, Value>, event: ReadEvent) => void,
  mayComeTwice: (event: ReadEvent) => boolean = () => false,
): Copy<Value> => {
  const items = new Map<string, Value>();
  const faults: string[] = [];
  const seen = new Set<string>();
  let lastId: string | null = null;
  let reader: Reader | null = null;

  const onEvent = (event: ReadEvent): void => {
    lastId = event.id;
    if (event.event === 'reset') {
      items.clear();
      seen.clear();
    } else if (event.event !== 'position') {
      if (!mayComeTwice(event)) {
        if (seen.has(event.id)) faults.push(`${event.id} came twice`);
        seen.add(event.id);
      }
      apply(items, event);
    }
  };
  const connect = async (): Promise<void> => {
    if (reader !== null) return;
    const headers = lastId === null ? {} : { 'last-event-id': lastId };
    reader = await openReader(port, path, headers, onEvent);
    if (reader.status !== 200) faults.push(`${path} was answered ${String(reader.status)}: ${reader.text()}`);
    const current = reader;
    void current.ended.then(() => {
      if (reader === current) reader = null;
    });
  };

  return {
    items,
    faults,
    connect,
    async toggle() {
      if (reader === null) return connect();
      const leaving = reader;
      reader = null;
      leaving.close();
      await leaving.ended;
    },
    close: () => reader?.close(),
  };
};

/** The set of changes as its changelog gives it. */
export const copyOfChanges = (port: number, filter: string): Copy<unknown> =>
  createCopy(port, `/v1/changes/stream?after=0&${filter}`, (items, { event, data }) => {
    const change = data['change'] as ChangeAnswer;
    if (event === 'StanceChangeRemoved') items.delete(change.id);
    else items.set(change.id, published(change));
  });

/** The revisions of the statements known: what is retracted, or replaced, is none of them. */
export const copyOfStatements = (port: number, filter: string): Copy<number> =>
  createCopy(
    port,
    `/v1/statements/stream?after=0&${filter}`,
    (items, { data }) => {
      const { id, state, revision } = data['statement'] as StatementDetail;
      if (state === 'active' || state === 'corrected') items.set(id, revision);
      else items.delete(id);
    },
    // One that is replaced is told with the one in its place, and before it.
    ({ event, data }) => event === 'StatementRetracted' && (data['statement'] as StatementDetail).state === 'replaced',
  );
