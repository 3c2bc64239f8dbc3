export { describeDistributionContract } from './contract.ts';
export type { CuttableMember, OpenDistribution, OpenedDistribution, OpenedGroup } from './opened-distribution.ts';
export { describeFeedTopicsContract } from './feed-topics.ts';
export type { OpenedFeedTopics } from './feed-topics.ts';
