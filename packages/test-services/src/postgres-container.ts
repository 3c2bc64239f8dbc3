import type { StartedPostgreSqlContainer } from '@testcontainers/postgresql';

export interface PostgresContainer {
  /** As a superuser of an empty database. */
  readonly url: string;
  stop(): Promise<void>;
}

const image = process.env['POSTGRES_IMAGE'] ?? 'postgres:16-alpine';

/** Nothing in it has to outlive the run. */
const forgetful = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

/**
 * Starts PostgreSQL in a container of the image `POSTGRES_IMAGE`, by default a public one.
 *
 * @throws Error where there is no container runtime, or the image cannot be had.
 */
export const startPostgresContainer = async (): Promise<PostgresContainer> => {
  // Loaded here, since most runs have no test that needs it.
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const container: StartedPostgreSqlContainer = await new PostgreSqlContainer(image)
    .withCommand(['postgres', ...forgetful.flatMap((setting) => ['-c', setting])])
    .start();
  return {
    url: container.getConnectionUri(),
    stop: async () => {
      await container.stop();
    },
  };
};
