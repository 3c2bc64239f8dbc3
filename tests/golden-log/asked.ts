import { defaultMethod } from '@stance/domain';
import type { FeedReader } from '@stance/feed';
import { createHttpApp } from '@stance/http';
import { registerQuery } from '@stance/query';
import type { ReadModel } from '@stance/read-model';
import { pino } from 'pino';

import { goldenLog, lastOfVersion1 } from './golden-log.ts';

const asItWas = `knownAt=${String(lastOfVersion1)}`;

/** What the read model made of the golden log is asked. */
const questions = [
  '/v1/topics',
  '/v1/actors',
  '/v1/actors/ada-moreau',
  '/v1/actors/t-rill',
  `/v1/actors/t-rill?${asItWas}`,
  '/v1/actors/nora-quist',
  '/v1/actors?q=Iron+Mayor',
  '/v1/actors?q=N.+Q.&at=2024-04-02',
  '/v1/propositions',
  '/v1/propositions/bridge',
  `/v1/propositions/bridge-toll?${asItWas}`,
  '/v1/propositions/bridge-toll',
  '/v1/propositions/ferry',
  '/v1/propositions/tunnel',
  '/v1/statements',
  '/v1/statements/s-1',
  '/v1/statements/s-2',
  '/v1/statements/s-6',
  '/v1/stances',
  `/v1/stances?${asItWas}`,
  '/v1/changes',
  '/v1/histories/ada-moreau/bridge',
  '/v1/histories/ilse-brandt/bridge',
];

/** The answers to all questions, by question. */
export const answersOf = async (readModel: ReadModel, feed: FeedReader): Promise<Record<string, unknown>> => {
  const logger = pino({ level: 'silent' });
  const app = createHttpApp({ logger });
  const head = goldenLog.length;
  const now = goldenLog.at(-1)?.recordedAt ?? 0;
  registerQuery(app, {
    readModel,
    feed,
    progress: {
      head: () => Promise.resolve(head),
      headAtStart: head,
      logId: () => Promise.resolve(goldenLog[0]?.id ?? null),
      position: () => head,
      headAt: (instant) =>
        Promise.resolve(goldenLog.findLast(({ recordedAt }) => recordedAt <= instant)?.position ?? 0),
      whenPassed: () => Promise.resolve(true),
    },
    methods: [defaultMethod],
    projections: () => [],
    clock: () => now,
    logger,
  });
  const answers: Record<string, unknown> = {};
  for (const url of questions) {
    const { statusCode, body } = await app.inject({ method: 'GET', url, headers: { host: 'localhost' } });
    if (statusCode !== 200) throw new Error(`${url}: ${body}`);
    answers[url] = JSON.parse(body);
  }
  await app.close();
  return answers;
};
