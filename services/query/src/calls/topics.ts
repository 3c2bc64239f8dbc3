import { getTopic, listTopics } from '@stance/contracts';
import type { TopicAnswer } from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';
import { hasWords } from '@stance/read-model';

import { readTopic, readTopicDetail } from '../answers/topic-answer.ts';
import { jsonAnswer } from '../json-answer.ts';
import { answerList } from '../list.ts';
import type { Page } from '../list.ts';
import type { QueryService } from '../service.ts';
import { readTopicTree, unknownTopic } from '../topic-tree.ts';
import type { Topic } from '../topic-tree.ts';
import { isLines } from './accept-lines.ts';
import { searchedWords } from './searched-words.ts';

const isNamed = (topic: Topic, words: readonly string[]): boolean =>
  [topic.name, ...topic.aliases].some((name) => hasWords(name, words));

/** `GET /v1/topics` and `GET /v1/topics/{id}`. */
export const registerTopics = (app: HttpApp, { readings, readModel }: QueryService): void => {
  registerEndpoint(app, listTopics, async (input) => {
    return readings.answer(
      {
        list: listTopics.operationId,
        keyLength: 1,
        takesAt: false,
        schema: listTopics.query,
        query: input.query,
        signal: () => input.signal,
      },
      async (reading) => {
        const { knownAt } = reading.context;
        const words = searchedWords(reading.query.q);

        const fetch = async (key: readonly number[] | null, limit: number): Promise<Page<TopicAnswer>> => {
          if (words === null) return { items: [], next: null };
          const after = key?.[0] ?? 0;
          return readModel.read(async (snapshot) => {
            const tree = await readTopicTree(snapshot, knownAt);
            // The list is always the same at a position: a place in it is as good a key as any.
            const found = tree.all
              .map((topic, index) => ({ topic, place: index + 1 }))
              .filter(({ topic, place }) => place > after && isNamed(topic, words));
            const page = found.slice(0, limit);
            const items: TopicAnswer[] = [];
            for (const { topic } of page) items.push(await readTopic(snapshot, topic, tree, knownAt));
            const last = found.length > limit ? page.at(-1) : undefined;
            return { items, next: last === undefined ? null : [last.place] };
          });
        };

        return answerList({
          reading,
          limit: input.query.limit,
          lines: isLines(input.accepts),
          signal: () => input.signal,
          fetch,
          envelope: {},
        });
      },
    );
  });

  registerEndpoint(app, getTopic, async (input) => {
    const { id } = input.params;
    return readings.answer(
      {
        list: getTopic.operationId,
        keyLength: 0,
        takesAt: false,
        schema: getTopic.query,
        query: input.query,
        signal: () => input.signal,
      },
      async ({ context }) => {
        const { knownAt } = context;
        const body = await readModel.read(async (snapshot) => {
          const tree = await readTopicTree(snapshot, knownAt);
          const topic = tree.get(id);
          return topic === undefined ? null : readTopicDetail(snapshot, topic, tree, knownAt);
        });
        if (body === null) throw unknownTopic(id);
        return jsonAnswer(body, knownAt);
      },
    );
  });
};
