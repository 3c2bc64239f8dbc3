import type { ReadModelLocation } from '@stance/config';
import type { VersionCatalogue } from '@stance/read-model';

const onServer = () => import('@stance/read-model/postgres');
const inFile = () => import('@stance/read-model/sqlite');

/** The catalogue of the versions of a read model. @throws ReadModelError as the adapter says. */
export const openVersionCatalogue = async (location: ReadModelLocation): Promise<VersionCatalogue> =>
  location.kind === 'sqlite'
    ? (await inFile()).openSqliteVersionCatalogue({ path: location.file })
    : (await onServer()).openPostgresVersionCatalogue({ url: location.url });

/** The location of a version that serves now, as what works on the rows themselves takes it. */
export const removeVersion = async (location: ReadModelLocation, version: number): Promise<void> => {
  if (location.kind === 'sqlite') (await inFile()).removeVersionFile(location.file, version);
  else await (await onServer()).removeVersionSchema({ url: location.url }, version);
};
