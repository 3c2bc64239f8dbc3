export { describeReadModelContract } from './reading.ts';
export type { OpenedReadModel, OpenReadModel } from './opened-read-model.ts';
export { describeReadModelWriterContract } from './writing.ts';
export type { OpenedReadModelWriter } from './writing.ts';
export { describeVersionCatalogueContract } from './version-catalogue.ts';
export type { OpenedCatalogue } from './version-catalogue.ts';
