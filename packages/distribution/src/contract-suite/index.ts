export { describeDistributionContract } from './contract.ts';
export type { CuttableMember, OpenDistribution, OpenedDistribution, OpenedGroup } from './opened-distribution.ts';
