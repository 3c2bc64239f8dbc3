export { createAsyncApiDocument } from './asyncapi.ts';
export type { AsyncApiDocument, AsyncApiOptions } from './asyncapi.ts';
export { topics } from './topics.ts';
export type { Topic, TopicMessage } from './topics.ts';
export { eventWatermarkSchema, feedWatermarkSchema } from './watermarks.ts';
