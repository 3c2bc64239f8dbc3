export { startKafkaContainer } from './kafka-container.ts';
export type { KafkaContainerHandle } from './kafka-container.ts';
export { durable, startPostgresContainer } from './postgres-container.ts';
export type { PostgresContainer } from './postgres-container.ts';
