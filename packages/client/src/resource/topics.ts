import type { TopicAnswer, TopicDetail, TopicList, TopicWritten } from '../contract/answer.ts';

import { path } from '../call/query-string.ts';
import type { Transport } from '../call/transport.ts';
import { write, type CallOptions } from '../call/write.ts';
import type { TopicInput } from '../contract/input.ts';
import { listOf, read, type Pages } from '../pages.ts';
import type { TopicQuery, TopicsQuery } from '../contract/query.ts';

/** Subject areas, as a tree. */
export interface Topics {
  /** Says what a topic is: defines it, or replaces the whole of what is said of it. */
  put(id: string, topic: TopicInput, options?: CallOptions): Promise<TopicWritten>;
  get(id: string, query?: TopicQuery, options?: CallOptions): Promise<TopicDetail>;
  /** By any of their names (`q`). */
  list(query?: TopicsQuery, options?: CallOptions): Pages<TopicAnswer, TopicList>;
}

export const createTopics = (transport: Transport): Topics => ({
  put: async (id, body, options) =>
    write(transport, { method: 'PUT', path: path`/v1/topics/${id}`, body, idempotent: true, ...options }),
  get: async (id, query = {}, options) => read(transport, path`/v1/topics/${id}`, query, options),
  list: (query = {}, options) => listOf<TopicList>(transport, '/v1/topics', query, options),
});
