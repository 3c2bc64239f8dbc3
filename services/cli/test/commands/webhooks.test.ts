import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { WebhookAnswer } from '@stance/contracts';
import { expect, onTestFinished, test } from 'vitest';

import { documents, runCli } from '../support/run-cli.ts';
import { startService } from '../support/service.ts';

const line = (id: string, direction: string): string =>
  JSON.stringify({ id, holder: 'h', proposition: 'p', direction, saidAt: `20${id}-01-01` });

test('webhooks are put, tried, replayed, shown and removed', async () => {
  const told: string[] = [];
  let status = 200;
  const receiver = createServer((request, response) => {
    told.push(String(request.headers['webhook-id']));
    request.resume();
    response.writeHead(status).end();
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  onTestFinished(() => {
    receiver.close();
    receiver.closeAllConnections();
  });
  const url = `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}/hook`;
  const service = await startService({ STANCE_WEBHOOKS_ALLOW: '127.0.0.1' });
  onTestFinished(async () => {
    await service.stop();
    await rm(service.folder, { recursive: true, force: true });
  });
  const stance = (...args: readonly string[]) => runCli(['webhooks', ...args, '--url', service.url]);
  await runCli(['ingest', '-', '--create-missing', '--url', service.url], {
    stdin: `${line('10', 'support')}\n${line('20', 'oppose')}\n`,
  });

  expect((await stance('list')).stdout).toBe('There are no webhooks.\n');
  const put = await stance(
    'put',
    'desk',
    url,
    '--holder',
    'h',
    '--kind',
    'first,reversal',
    '--description',
    'The desk',
  );
  expect([put.code, put.stderr]).toEqual([0, '']);
  expect(put.stdout).toMatch(/^desk {2}active · position \d+ of the feed\n/);
  expect(put.stdout).toContain('holder h · kind first,reversal');
  expect(put.stdout).toMatch(/secret, told this once: whsec_/);
  expect((await stance('ping', 'desk')).stdout).toMatch(/^delivered: 200 after \d+ ms\n$/);
  const replayed = documents((await stance('replay', 'desk', '--after', '0', '--json')).stdout) as WebhookAnswer[];
  expect(replayed).toMatchObject([{ id: 'desk', position: 0 }]);
  await expect.poll(() => told.length, { timeout: 10_000 }).toBeGreaterThan(1);
  expect((await stance('show', 'desk')).stdout).not.toContain('whsec_');
  expect((await stance('rotate', 'desk')).stdout).toMatch(/secret, told this once: whsec_/);

  status = 410;
  const failed = await stance('ping', 'desk');
  expect([failed.code, failed.stdout]).toEqual([1, 'not delivered: it answered 410\n']);
  await stance('replay', 'desk', '--after', '0');
  const shown = async () => (await stance('show', 'desk')).stdout;
  await expect.poll(shown, { timeout: 10_000, interval: 300 }).toContain('disabled (gone) · ');
  expect(await shown()).toMatch(/1 message waiting · position 1 of the feed[^]*last failure .*: it answered 410/);
  expect((await stance('dead', 'list', 'desk')).stdout).toBe('There are no dead letters.\n');
  expect((await stance('dead', 'retry', 'desk')).code).toBe(2);
  expect((await stance('dead', 'retry', 'desk', '--all')).stdout).toBe('tried again: 0 messages\n');
  expect((await stance('dead', 'discard', 'desk', 'nothing')).stderr).toContain('unknown-dead-letter');

  expect((await stance('put', 'desk', 'ftp://example.org')).stderr).toContain('must be an https or http URL');
  expect((await stance('put', 'desk', 'http://10.0.0.1/')).stderr).toContain('no public address');
  expect((await stance('put', 'desk', url, '--holder', 'nobody')).stderr).toContain('unknown-actor');
  expect((await stance('put', 'desk', url, '--from', 'soon')).stderr).toContain('filter.from');
  expect((await stance('remove', 'desk')).stdout).toBe('desk: removed\n');
  expect((await stance('remove', 'desk')).stderr).toContain('unknown-webhook');
}, 120_000);
