import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { createClient, type LineResult, type StatementInput } from '../src/index.ts';
import { startCuttingProxy } from './support/cutting-proxy.ts';
import { startScriptedServer } from './support/scripted-server.ts';
import { startService } from './support/service.ts';

vi.setConfig({ testTimeout: 120_000 });

const patiently = { tries: 100_000, firstWait: 1, longestWait: 20 } as const;

const statement = (n: number): StatementInput => ({
  id: `s-${n}`,
  holder: `h-${n % 9}`,
  proposition: 'tax',
  direction: 'support',
  saidAt: '2024-01-01',
});

describe('statements that are sent as a stream', () => {
  test('are all answered once and in order, through cut connections and a restart', async () => {
    const service = await startService();
    onTestFinished(() => service.remove());
    const budgets = [10, 5_000, 60_000, 90_000, 300, 40_000].values();
    const proxy = await startCuttingProxy(service.url, () => budgets.next().value);
    onTestFinished(() => proxy.close());
    const client = createClient({ baseUrl: proxy.url, retry: patiently });
    const many = async function* () {
      for (let n = 0; n < 3000; n++) {
        if (n === 1500) {
          await service.stop();
          await service.start();
        }
        yield statement(n);
      }
    };
    const results: LineResult[] = [];
    for await (const result of client.statements.recordAll(many(), { createMissing: true })) results.push(result);
    expect(results.map(({ line, statementId }) => [line, statementId])).toEqual(
      Array.from({ length: 3000 }, (_, n) => [n + 1, `s-${n}`]),
    );
    expect(results.filter(({ outcome }) => outcome === 'rejected')).toEqual([]);
    expect(proxy.cuts()).toBeGreaterThan(2);
    await client.whenCaughtUp();
    const recorded = new Set<string>();
    for await (const { id } of client.statements.list()) recorded.add(id);
    expect(recorded.size).toBe(3000);
  });

  test('go on behind the line at which the service stopped', async () => {
    const accepted = (line: number): string => JSON.stringify({ line, outcome: 'accepted', position: line });
    const error = { code: 'store-unavailable', detail: 'Away.', retryable: true };
    const stop = JSON.stringify({
      summary: { accepted: 1, duplicate: 0, rejected: 0, position: 1, stopped: { afterLine: 1, error } },
    });
    const lines: number[] = [];
    const server = await startScriptedServer(
      (response) => response.end(`${accepted(1)}\n${stop}\n`),
      (response, request) => {
        lines.push(Number(request.headers['content-length']));
        response.end(`${accepted(1)}\n${accepted(2)}\n`);
      },
    );
    const client = createClient({ baseUrl: server.url, retry: patiently });
    const results: (number | undefined)[] = [];
    for await (const { line } of client.statements.recordAll([1, 2, 3].map(statement))) results.push(line);
    expect(results).toEqual([1, 2, 3]);
    const length = [2, 3].map((n) => `${JSON.stringify(statement(n))}\n`).join('').length;
    expect(lines).toEqual([length]);
  });

  test('give what is answered, and then the reason why it goes no further', async () => {
    const error = { code: 'forbidden', detail: 'No more.', retryable: false };
    const summary = { accepted: 1, duplicate: 0, rejected: 0, position: 1, stopped: { afterLine: 1, error } };
    const server = await startScriptedServer((response) =>
      response.end(`${JSON.stringify({ line: 1, outcome: 'accepted' })}\n${JSON.stringify({ summary })}\n`),
    );
    const answers = createClient({ baseUrl: server.url }).statements.recordAll([1, 2].map(statement));
    expect(await answers.next()).toMatchObject({ value: { line: 1 } });
    await expect(answers.next()).rejects.toMatchObject({ name: 'ClientError', code: 'forbidden', status: 503 });
  });

  test('go out when their source pauses, and close it when nobody wants more results', async () => {
    const server = await startScriptedServer((response) =>
      response.end(`${JSON.stringify({ line: 1, outcome: 'accepted' })}\n`),
    );
    let closed = false;
    const more = Promise.withResolvers<void>();
    const slow = async function* () {
      try {
        yield statement(1);
        await more.promise;
        yield statement(2);
      } finally {
        closed = true;
      }
    };
    const answers = createClient({ baseUrl: server.url }).statements.recordAll(slow());
    expect(await answers.next()).toMatchObject({ value: { line: 1 } });
    await answers.return();
    more.resolve();
    await expect.poll(() => closed).toBe(true);
    expect(server.asked).toHaveLength(1);
  });
});
