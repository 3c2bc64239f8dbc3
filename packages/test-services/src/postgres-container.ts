import type { StartedPostgreSqlContainer } from '@testcontainers/postgresql';

export interface PostgresContainer {
  /** As a superuser of an empty database. */
  readonly url: string;
  stop(): Promise<void>;
}

const image = process.env['POSTGRES_IMAGE'] ?? 'postgres:16-alpine';

/** For tests: nothing in it has to outlive the run. */
export const forgetful: readonly string[] = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
/** As it comes, it keeps what it says it keeps. */
export const durable: readonly string[] = [];

/**
 * Starts PostgreSQL in a container of the image `POSTGRES_IMAGE`, by default a public one.
 *
 * @throws Error where there is no container runtime, or the image cannot be had.
 */
export const startPostgresContainer = async (settings = forgetful): Promise<PostgresContainer> => {
  // Loaded here, since most runs have no test that needs it.
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const container: StartedPostgreSqlContainer = await new PostgreSqlContainer(image)
    .withCommand(['postgres', ...['max_connections=200', ...settings].flatMap((setting) => ['-c', setting])])
    .start();
  return {
    url: container.getConnectionUri(),
    stop: async () => {
      await container.stop();
    },
  };
};
