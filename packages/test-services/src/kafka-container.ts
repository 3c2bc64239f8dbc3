export interface KafkaContainerHandle {
  /** `host:port` of the one broker. */
  readonly broker: string;
  /** Of which image it was made. */
  readonly image: string;
  stop(): Promise<void>;
}

const image = process.env['KAFKA_IMAGE'] ?? 'confluentinc/cp-kafka:8.1.0';

/** One broker keeps one copy of everything; a group that is joined begins at once. */
const settings = {
  KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
  KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
  KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
  KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
};

/**
 * Starts Kafka in a container of the image `KAFKA_IMAGE`, by default a public one.
 *
 * @throws Error where there is no container runtime, or the image cannot be had.
 */
export const startKafkaContainer = async (): Promise<KafkaContainerHandle> => {
  // Loaded here, since most runs have no test that needs it.
  const [{ KafkaContainer }, { Wait }] = await Promise.all([import('@testcontainers/kafka'), import('testcontainers')]);
  const container = await new KafkaContainer(image)
    .withEnvironment(settings)
    // The port is open before the broker answers.
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
  return {
    image,
    broker: `${container.getHost()}:${String(container.getMappedPort(9093))}`,
    stop: async () => {
      await container.stop();
    },
  };
};
