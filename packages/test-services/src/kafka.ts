import { randomUUID } from 'node:crypto';

import { inject } from 'vitest';

import { askForService } from './ask-for-service.ts';

/** The Kafka of a test run. */
export interface TestKafka {
  /** Why the tests that need it are skipped; `null` where it is there. */
  readonly missing: string | null;
  /** For the end of the titles of such tests: why they are skipped, where they are. */
  readonly note: string;
  /** `host:port`; empty where it is missing. */
  readonly broker: string;
  /** For the names of topics and groups, one that nobody else has: gives another one each time. */
  topicPrefix(): string;
}

/**
 * The Kafka of this run, started for the first file that asks. Call it at the top of a test file.
 *
 * @throws Error where it cannot be had although `STANCE_REQUIRE_CONTAINERS=1` says that it must.
 */
export const testKafka = async (): Promise<TestKafka> => {
  const answer = await askForService('Kafka', inject('kafka') as string | undefined);
  const topicPrefix = (): string => `test-${randomUUID()}.`;
  if ('place' in answer) return { missing: null, note: '', broker: answer.place, topicPrefix };
  return { ...answer, broker: '', topicPrefix };
};
