import type { ReadModelLocation } from '@stance/config';
import type { ChangeSetReader, ReadModel, ReadModelWriter } from '@stance/read-model';

const onServer = () => import('@stance/read-model/postgres');
const inFile = () => import('@stance/read-model/sqlite');

interface MadeBy {
  readonly name: string;
  readonly version: number;
}

/** @throws ReadModelError as the adapter says. */
export const openReadModel = async (location: ReadModelLocation): Promise<ReadModel> =>
  location.kind === 'sqlite'
    ? (await inFile()).openSqliteReadModel({ path: location.file })
    : (await onServer()).openPostgresReadModel({ url: location.url });

/** @throws ReadModelError as the adapter says. */
export const openReadModelWriter = async (location: ReadModelLocation, method: MadeBy): Promise<ReadModelWriter> =>
  location.kind === 'sqlite'
    ? (await inFile()).openSqliteReadModelWriter({ path: location.file, method })
    : (await onServer()).openPostgresReadModelWriter({ url: location.url, method });

/** @throws ReadModelError as the adapter says. */
export const openChangeSetReader = async (location: ReadModelLocation): Promise<ChangeSetReader> =>
  location.kind === 'sqlite'
    ? (await inFile()).openSqliteChangeSetReader({ path: location.file })
    : (await onServer()).openPostgresChangeSetReader({ url: location.url });
