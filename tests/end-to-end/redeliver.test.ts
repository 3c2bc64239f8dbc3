import { testKafka } from '@stance/test-services';
import { describe, expect, test } from 'vitest';

import { runStanceWith } from '../support/command.ts';
import { newFiles, startService } from './support/service.ts';
import type { Files } from './support/service.ts';

const kafka = await testKafka();

const variablesOf = ({ events, readModel }: Files): Record<string, string> => ({
  STANCE_EVENT_STORE_URL: `sqlite:${events}`,
  STANCE_READ_MODEL_URL: `sqlite:${readModel}`,
});

const recorded = async (files: Files): Promise<void> => {
  const service = await startService(files);
  const lines = Array.from({ length: 120 }, (_, n) => ({
    id: `s${n}`,
    holder: `h${n % 3}`,
    proposition: 'p',
    direction: 'support',
    saidAt: '2024-01-10',
  }));
  const { summary } = await service.postLines('/v1/statements?createMissing=true&results=errors', lines);
  expect(summary).toMatchObject({ accepted: 120, rejected: 0 });
  await service.stop();
};

test('without a broker, or with what makes no sense, nothing is told again, and it is said why', async () => {
  const files = await newFiles();
  await recorded(files);
  const stance = (...args: readonly string[]) => runStanceWith(variablesOf(files), 'redeliver', ...args);
  expect(await stance('events', 'x')).toMatchObject({ code: 2, stderr: expect.stringContaining('STANCE_BROKER_URL') });
  expect(await stance('events', 'No Id')).toMatchObject({ code: 2 });
  expect(await stance('group', 'mine', '--topic', 'events')).toMatchObject({ code: 2 });
  expect(await stance('group', 'mine', '--topic', 'all', '--from-beginning')).toMatchObject({ code: 2 });
  expect(await stance('group', 'mine', '--topic', 'events', '--since', 'soon')).toMatchObject({ code: 2 });
});

describe.skipIf(kafka.missing !== null)(`by Kafka${kafka.note}`, () => {
  test('events are told again in a topic of their own, once however often it is said, which is listed and removed', async () => {
    const files = await newFiles();
    await recorded(files);
    const env = {
      ...variablesOf(files),
      STANCE_BROKER_URL: `kafka://${kafka.broker}?partitions=2&topicPrefix=${kafka.topicPrefix()}`,
    };
    const stance = (...args: readonly string[]) => runStanceWith(env, 'redeliver', ...args);
    const dry = await stance('events', 'h1', '--holder', 'h1', '--type', 'StatementMade', '--dry-run');
    expect(dry, dry.stderr).toMatchObject({ code: 0, stdout: expect.stringMatching(/^40 events would be told again/) });
    expect((await stance('list')).stdout).toBe('');
    const told = await stance('events', 'h1', '--holder', 'h1', '--type', 'StatementMade');
    expect(told, told.stderr).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/stance\.replay\.h1: 40 events/),
    });
    const again = await stance('events', 'h1', '--holder', 'h1', '--type', 'StatementMade');
    expect(again.stdout).toBe(told.stdout);
    expect(await stance('events', 'h1')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('holds something else'),
    });
    expect((await stance('list')).stdout).toBe('h1\n');
    expect((await stance('remove', 'h1')).stdout).toBe('h1: removed\n');
    expect(await stance('remove', 'h2')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no topic'),
    });
    expect(await stance('group', 'nobody', '--topic', 'events', '--from-beginning')).toMatchObject({ code: 1 });
  }, 120_000);
});
