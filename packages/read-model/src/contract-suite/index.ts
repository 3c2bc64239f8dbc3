export { describeReadModelContract } from './reading.ts';
export type { OpenedReadModel, OpenReadModel } from './opened-read-model.ts';
