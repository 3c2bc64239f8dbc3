export { describeReadModelContract } from './reading.ts';
export type { OpenedReadModel, OpenReadModel } from './opened-read-model.ts';
export { describeReadModelWriterContract } from './writing.ts';
export type { OpenedReadModelWriter } from './writing.ts';
