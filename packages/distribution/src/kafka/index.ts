export { openKafkaDistribution } from './kafka-distribution.ts';
export type { KafkaDistribution, KafkaDistributionOptions } from './kafka-distribution.ts';
export type { KafkaLogger } from './logging.ts';
export { parseBrokerUrl } from './broker-url.ts';
export type { BrokerUrl, Sasl, SaslMechanism } from './broker-url.ts';
export { moveKafkaGroup, openKafkaReplays } from './replays.ts';
export type { KafkaReplaysOptions, MoveGroupOptions } from './replays.ts';
export { openKafkaFeedTopics } from './feed-topics.ts';
export type { KafkaFeedTopics, KafkaFeedTopicsOptions } from './feed-topics.ts';
