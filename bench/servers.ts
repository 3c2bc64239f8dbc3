import { durable, startKafkaContainer, startPostgresContainer } from '@stance/test-services/containers';
import { Client } from 'pg';

import type { ClusterServers } from './cluster-plan.ts';

/** Containers of this run, with the settings that the images come with: what they say is durable is. */
export interface Servers extends ClusterServers {
  /** What they are, in words. */
  readonly versions: string;
  stop(): Promise<void>;
}

const versionOf = async (url: string): Promise<string> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
  await client.end();
  return rows[0]?.version ?? '';
};

/** Starts Kafka and PostgreSQL, or says why they are not to be had. */
export const startServers = async (): Promise<Servers | { readonly missing: string }> => {
  await using opened = new AsyncDisposableStack();
  try {
    const postgres = opened.adopt(await startPostgresContainer(durable), (each) => each.stop());
    const kafka = opened.adopt(await startKafkaContainer(), (each) => each.stop());
    const version = await versionOf(postgres.url);
    const closing = opened.move();
    return {
      postgres: postgres.url,
      kafka: kafka.broker,
      versions: `PostgreSQL ${version} with fsync, Kafka (${kafka.image}), one broker each in a container; EventStoreDB: its simulator`,
      stop: () => closing.disposeAsync(),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { missing: `Kafka and PostgreSQL cannot be started in containers: ${reason}` };
  }
};
