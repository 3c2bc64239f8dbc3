import { defaultMethod } from '@stance/domain';
import type { EventStore } from '@stance/event-store';
import { makeVersion } from '@stance/projection';
import type { ProjectedLog, VersionPlace, VersionProgress } from '@stance/projection';
import type { ReadModelVersion, VersionCatalogue } from '@stance/read-model';
import { openSqliteReadModelWriter, startSqliteReadModelFiller, versionFile } from '@stance/read-model/sqlite';

export const fileOf = (path: string, version: number): VersionPlace => {
  const options = { path: versionFile(path, version), method: defaultMethod };
  return {
    openFiller: () => startSqliteReadModelFiller(options),
    openWriter: async () => openSqliteReadModelWriter(options),
  };
};

export interface Making {
  readonly store: EventStore;
  readonly catalogue: VersionCatalogue;
  readonly version: ReadModelVersion;
  readonly place: VersionPlace;
  readonly stopsAtPoisonBut?: ReadonlySet<string>;
  /** Cancelled when so many pages were read; never, if left out. */
  readonly pages?: number;
  /** When it is left once it is ready; at once, if left out. */
  readonly until?: () => Promise<boolean>;
}

/** Makes a version ready, or until it is cancelled. @returns what was told of it. @throws what `makeVersion` does */
export const makeReady = async (making: Making): Promise<VersionProgress[]> => {
  const { store, catalogue, version, place, stopsAtPoisonBut, pages = Number.POSITIVE_INFINITY, until } = making;
  const stopping = new AbortController();
  const told: VersionProgress[] = [];
  let read = 0;
  const source: ProjectedLog = {
    readAll: (options) => {
      read += 1;
      if (read > pages) stopping.abort(new Error('cancelled'));
      return store.readAll(options);
    },
    readStream: (stream, options) => store.readStream(stream, options),
  };
  try {
    await makeVersion({
      source,
      head: () => store.head(),
      countsPositions: true,
      catalogue,
      version,
      method: defaultMethod,
      place,
      ...(stopsAtPoisonBut === undefined ? {} : { stopsAtPoisonBut }),
      onProgress: (progress) => told.push(progress),
      signal: stopping.signal,
      wait: async () => {
        if (told.at(-1)?.state === 'ready' && (until === undefined || (await until()))) {
          stopping.abort(new Error('it is ready'));
        }
      },
    });
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
  }
  return told;
};

/** The entry of a version, as it is now. */
export const entryOf = async (catalogue: VersionCatalogue, version: number): Promise<ReadModelVersion> => {
  const found = (await catalogue.list()).find((each) => each.version === version);
  if (found === undefined) throw new Error(`there is no version ${String(version)}`);
  return found;
};
