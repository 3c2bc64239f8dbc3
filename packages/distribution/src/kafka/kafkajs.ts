// First: kafkajs takes hold of these when it is loaded.
import './faster-records.ts';

export { AssignerProtocol, Kafka, logLevel, Partitioners } from 'kafkajs';
