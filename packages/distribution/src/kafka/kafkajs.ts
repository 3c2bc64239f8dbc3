// First: kafkajs takes hold of these when it is loaded.
import './faster-records.ts';
import kafkajs from 'kafkajs';

export { AssignerProtocol, Kafka, logLevel, Partitioners } from 'kafkajs';

// Node.js does not find this one among the names that the package exports.
export const topicResource = kafkajs.ConfigResourceTypes.TOPIC;
