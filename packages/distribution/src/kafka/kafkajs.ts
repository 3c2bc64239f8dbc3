// First: kafkajs takes hold of these when it is loaded.
import './faster-records.ts';
import { ConfigResourceTypes } from 'kafkajs';

export { AssignerProtocol, Kafka, logLevel, Partitioners } from 'kafkajs';

export const topicResource = ConfigResourceTypes.TOPIC;
