export { createMemoryDistribution } from './memory-distribution.ts';
export type { MemoryDistribution, MemoryDistributionOptions } from './memory-distribution.ts';
export type { Delivery, MemoryGroup } from './group.ts';
export type { MemoryTopic } from './topic.ts';
export type { MemoryWriterOptions, SendOutcome } from './writer.ts';
export { partitionOf } from './partition-of.ts';
export { createMemoryFeedTopics } from './feed-topics.ts';
export type { MemoryFeedTopics, MemoryFeedTopicsOptions, MemoryFeedWriterOptions } from './feed-topics.ts';
