import type { ReadModelLocation } from '@stance/config';
import { openActiveReadModel, versionKind } from '@stance/read-model';
import type { ChangeSetReader, ProjectionWriter, ReadModel } from '@stance/read-model';

import { activeVersion, openVersionCatalogue, versionWriters } from './versions.ts';

const onServer = () => import('@stance/read-model/postgres');
const inFile = () => import('@stance/read-model/sqlite');

interface MadeBy {
  readonly name: string;
  readonly version: number;
}

/** The read model that serves, whichever version that is at each read. @throws ReadModelError as the adapter says. */
export const openReadModel = async (location: ReadModelLocation): Promise<ReadModel> => {
  if (location.kind === 'sqlite') {
    const { openSqliteActiveVersion, versionFile } = await inFile();
    // With the builder of its queries, which those who only write do without.
    const { openSqliteReadModel } = await import('@stance/read-model/sqlite/reader');
    const active = openSqliteActiveVersion({ path: location.file });
    return openActiveReadModel({
      active: () => active.read(),
      open: (version) => openSqliteReadModel({ path: versionFile(location.file, version) }),
      close: async () => active.close(),
    });
  }
  const { openPostgresActiveVersion, openPostgresReadModel, versionOptions } = await onServer();
  const active = openPostgresActiveVersion({ url: location.url });
  return openActiveReadModel({
    active: () => active.read(),
    open: (version) => openPostgresReadModel(versionOptions({ url: location.url }, version)),
    close: () => active.close(),
  });
};

/**
 * The read model that serves, to be written: the catalogue names it from here on, where it did not before.
 *
 * @throws ReadModelError as the adapter says.
 */
export const openReadModelWriter = async (location: ReadModelLocation, method: MadeBy): Promise<ProjectionWriter> => {
  const { openWriter } = await versionWriters(location, await activeVersion(location), method);
  const writer = await openWriter();
  try {
    const catalogue = await openVersionCatalogue(location);
    try {
      await catalogue.ensureActive(versionKind(method));
    } finally {
      await catalogue.close();
    }
    return writer;
  } catch (error) {
    await writer.close();
    throw error;
  }
};

/** The changes of the version that serves. @throws ReadModelError as the adapter says. */
export const openChangeSetReader = async (location: ReadModelLocation): Promise<ChangeSetReader> => {
  const version = await activeVersion(location);
  if (location.kind === 'sqlite') {
    const { openSqliteChangeSetReader, versionFile } = await inFile();
    return openSqliteChangeSetReader({ path: versionFile(location.file, version) });
  }
  const { openPostgresChangeSetReader, versionOptions } = await onServer();
  return openPostgresChangeSetReader(versionOptions({ url: location.url }, version));
};
