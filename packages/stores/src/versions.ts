import type { ReadModelLocation } from '@stance/config';
import type { ProjectionWriter, TableRowsReader, VersionCatalogue } from '@stance/read-model';
import type { ReadModelFiller } from '@stance/read-model/sqlite';

const onServer = () => import('@stance/read-model/postgres');
const inFile = () => import('@stance/read-model/sqlite');

interface MadeBy {
  readonly name: string;
  readonly version: number;
}

/** The catalogue of the versions of a read model. @throws ReadModelError as the adapter says. */
export const openVersionCatalogue = async (location: ReadModelLocation): Promise<VersionCatalogue> =>
  location.kind === 'sqlite'
    ? (await inFile()).openSqliteVersionCatalogue({ path: location.file })
    : (await onServer()).openPostgresVersionCatalogue({ url: location.url });

/** The number of the version that serves; 1 where there is no catalogue yet. @throws ReadModelError as the adapter says. */
export const activeVersion = async (location: ReadModelLocation): Promise<number> => {
  if (location.kind === 'sqlite') {
    const active = (await inFile()).openSqliteActiveVersion({ path: location.file });
    try {
      return active.read();
    } finally {
      active.close();
    }
  }
  const active = (await onServer()).openPostgresActiveVersion({ url: location.url });
  try {
    return await active.read();
  } finally {
    await active.close();
  }
};

/** Where a version of a read model is, as what opens one takes it. */
export type VersionLocation =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly schema: string };

export const versionLocation = async (location: ReadModelLocation, version: number): Promise<VersionLocation> => {
  if (location.kind === 'sqlite') {
    return { kind: 'sqlite', file: (await inFile()).versionFile(location.file, version) };
  }
  const { url, schema } = (await onServer()).versionOptions(
    { url: location.url, schema: 'stance_read_model' },
    version,
  );
  return { kind: 'postgres', url, schema };
};

/** What a version of a read model is written by. */
export interface VersionWriters {
  /** How it is filled where there is a faster way than projecting into it; `null` where there is none. */
  readonly openFiller: (() => ReadModelFiller) | null;
  /** @throws ReadModelError as the adapter says. */
  openWriter(): Promise<ProjectionWriter>;
}

export const versionWriters = async (
  location: ReadModelLocation,
  version: number,
  method: MadeBy,
): Promise<VersionWriters> => {
  const at = await versionLocation(location, version);
  if (at.kind === 'postgres') {
    const { openPostgresReadModelWriter } = await onServer();
    return { openFiller: null, openWriter: () => openPostgresReadModelWriter({ ...at, method }) };
  }
  const { openSqliteReadModelWriter, startSqliteReadModelFiller } = await inFile();
  const options = { path: at.file, method };
  return {
    openFiller: () => startSqliteReadModelFiller(options),
    openWriter: async () => openSqliteReadModelWriter(options),
  };
};

/** All rows of a version, as they are now. @throws ReadModelError as the adapter says. */
export const openVersionRows = async (location: ReadModelLocation, version: number): Promise<TableRowsReader> => {
  const at = await versionLocation(location, version);
  return at.kind === 'sqlite'
    ? (await inFile()).openSqliteTableRows({ path: at.file })
    : (await onServer()).openPostgresTableRows(at);
};

/** Removes the rows of a version, which may be there or not. @throws ReadModelError as the adapter says. */
export const removeVersion = async (location: ReadModelLocation, version: number): Promise<void> => {
  if (location.kind === 'sqlite') (await inFile()).removeVersionFile(location.file, version);
  else await (await onServer()).removeVersionSchema({ url: location.url }, version);
};
