import { chmod, cp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';

import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { expectUnharmed } from './support/aftermath.ts';
import { recordedEvents, recordGood } from './support/given.ts';
import { environmentIn, newFolder, startProgram, startService } from './support/service.ts';
import type { Ended } from './support/service.ts';

const files = {
  'events.db': 'EVENT_STORE',
  'read-model.db': 'READ_MODEL',
  'feed.db': 'FEED_STORE',
  'webhooks.db': 'WEBHOOKS',
} as const;
type File = keyof typeof files;

const waryMethod = resolve(import.meta.dirname, '../support/wary-method.json');
const names = Object.keys(files) as File[];
const variableOf = (file: File): string => `STANCE_${files[file]}_URL`;

const folderOfItsOwn = async (): Promise<string> => {
  const folder = await newFolder();
  onTestFinished(async () => {
    // Where the service has not taken it away already.
    await chmod(folder, 0o700).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
};

let used: string;
beforeAll(async () => {
  used = await newFolder();
  const started = startProgram(environmentIn(used));
  await recordGood({ port: Number(new URL(await started.address).port) });
  started.child.kill('SIGTERM');
  await started.ended;
});
afterAll(() => rm(used, { recursive: true, force: true }));

/** A folder with the files of a service that has stopped. */
const usedFolder = async (): Promise<string> => {
  const folder = await folderOfItsOwn();
  await cp(used, folder, { recursive: true });
  return folder;
};

/** A start that has to fail: with this exit code, in words, without a trace of its inside. */
const expectFailure = ({ code, out, err }: Ended, expected: number, ...says: readonly string[]): void => {
  expect({ code, out }, err).toEqual({ code: expected, out: '' });
  expect(err).toMatch(/^stance tracker: /);
  expect(err).not.toMatch(/^\s+at |node_modules|undefined|\[object /m);
  for (const part of says) expect(err).toContain(part);
};

describe('a start', () => {
  it.each(names)('with %s of another program names the file and leaves it alone', async (name) => {
    const folder = await folderOfItsOwn();
    const path = join(folder, name);
    const database = new Database(path);
    database.exec('CREATE TABLE letters (text TEXT); INSERT INTO letters VALUES (1)');
    database.close();
    const before = await readFile(path);
    expectFailure(await startProgram(environmentIn(folder)).ended, 1, path, variableOf(name));
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  it.each(names)('with %s of a newer program names the file and both versions', async (name) => {
    const folder = await usedFolder();
    const path = join(folder, name);
    const database = new Database(path);
    database.pragma('user_version = 99');
    database.close();
    expectFailure(await startProgram(environmentIn(folder)).ended, 1, path, '99', variableOf(name));
  });

  it.each(names)('with %s that holds rubbish names the file', async (name) => {
    const folder = await usedFolder();
    const path = join(folder, name);
    await writeFile(path, Buffer.alloc(100_000, 'rubbish '));
    expectFailure(await startProgram(environmentIn(folder)).ended, 1, path, variableOf(name));
  });

  it.each(names)('with %s that was cut off names the file', async (name) => {
    const folder = await usedFolder();
    const path = join(folder, name);
    await truncate(path, 5000);
    expectFailure(await startProgram(environmentIn(folder)).ended, 1, path, variableOf(name));
  });

  it('on an event store of which a page is damaged names the file', async () => {
    const folder = await usedFolder();
    const path = join(folder, 'events.db');
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0xa5, 4096, 8192));
    expectFailure(await startProgram(environmentIn(folder)).ended, 1, path, 'STANCE_EVENT_STORE_URL');
  });

  it('in a folder that may not be written to names it', async () => {
    const folder = await folderOfItsOwn();
    await chmod(folder, 0o555);
    // Root may write anywhere: then somebody else has to try.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const { NODE_COMPILE_CACHE: _cache, ...environment } = { NODE_COMPILE_CACHE: '', ...environmentIn(folder) };
    expectFailure(await startProgram(environment, nobody).ended, 1, folder, 'permission');
  });

  it('on files that another process has open says so, and disturbs nobody', async () => {
    const folder = await folderOfItsOwn();
    const service = await startService({}, { folder });
    onTestFinished(() => service.stop());
    await recordGood(service);
    expectFailure(await startProgram(environmentIn(folder)).ended, 1, 'another process', 'STANCE_EVENT_STORE_URL');
    await expectUnharmed(service, recordedEvents);
  });

  it('with the read model of another process beside new events says so, and disturbs nobody', async () => {
    const folder = await folderOfItsOwn();
    const service = await startService({}, { folder });
    onTestFinished(() => service.stop());
    await recordGood(service);
    await expectUnharmed(service, recordedEvents);
    const other = { ...environmentIn(folder), STANCE_EVENT_STORE_URL: `sqlite:${join(folder, 'other.db')}` };
    expectFailure(await startProgram(other).ended, 1, 'another service publishes', 'STANCE_FEED_STORE_URL');
    const apart = { ...other, STANCE_FEED_STORE_URL: `sqlite:${join(folder, 'other-feed.db')}` };
    expectFailure(await startProgram(apart).ended, 1, 'another one', 'STANCE_READ_MODEL_URL');
    await expectUnharmed(service, recordedEvents);
  });

  it('on a port that is taken says what to do', async () => {
    const folder = await folderOfItsOwn();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const port = String((other.address() as AddressInfo).port);
    const ended = await startProgram({ ...environmentIn(folder), STANCE_PORT: port }).ended;
    expectFailure(ended, 1, `Port ${port}`, 'STANCE_PORT');
  });

  it('with several mistakes in its configuration lists them all', async () => {
    const wrong = {
      STANCE_PORT: '65536',
      STANCE_HOST: 'a b',
      STANCE_EVENT_STORE_URL: 'postgres://a',
      STANCE_READ_MODEL_URL: 'esdb://a',
      STANCE_FEED_STORE_URL: 'feed.db',
      STANCE_BROKER_URL: 'amqp://a',
      STANCE_LOG_LEVEL: 'loud',
      STANCE_STOP_SECONDS: '-1',
      STANCE_REQUESTS_PER_SECOND: '1e3',
      STANCE_TOKEN_FILE: 'x',
    };
    expectFailure(await startProgram(wrong).ended, 2, ...Object.keys(wrong));
  });

  it.each([
    ['is not there', null, 'cannot be read'],
    ['is not JSON', '{', 'not JSON'],
    ['has a token without a hash', '{"tokens":[{"name":"a","scopes":["read"]}]}', 'tokens[0].sha256'],
    ['has a token in plain text', '{"tokens":[{"name":"a","sha256":"secret","scopes":["read"]}]}', 'hexadecimal'],
    [
      'has a scope that there is not',
      `{"tokens":[{"name":"a","sha256":"${'0'.repeat(64)}","scopes":["all"]}]}`,
      'tokens[0].scopes[0]',
    ],
    ['has fields that there are not', '{"tokens":[],"users":[]}', 'users'],
    ['is a list', '[]', 'not valid'],
  ])('with a token file that %s names the place', async (_what, content, says) => {
    const folder = await folderOfItsOwn();
    const path = join(folder, 'tokens.json');
    if (content !== null) await writeFile(path, content);
    expectFailure(await startProgram({ ...environmentIn(folder), STANCE_TOKENS: path }).ended, 2, path, says);
  });

  it.each([
    ['is not there', null, 'there is no such file'],
    ['is empty', '', 'The file is empty'],
    ['is not JSON', '{"name":', 'line 1, column 9'],
    ['holds __proto__', '{"__proto__":{"name":"mine"}}', '__proto__: has a field with a name that is not allowed'],
    ['has a number twice', '{"link":0.1,"link":0.9}', 'link: has a field more than once'],
    ['has fields that there are not', '{"stong":1}', 'stong: unknown field'],
    ['has values that cannot be', '{"strong":1.5}', 'strong: Too big'],
    ['has values that contradict each other', '{"least":2,"enough":1}', 'least (2) must not be above enough (1)'],
    ['has a number without a reason', '{"link":0.5,"reasons":{}}', 'link: has no reason'],
    ['has a reason without a number', '{"reasons":{"luck":"x"}}', 'reasons.luck: is the reason of no number'],
    ['is named as the default method', '{"name":"default"}', 'name: is the name of the method that is always there'],
    ['is a list', '[]', 'expected object'],
  ])('with a method file that %s names the place', async (_what, content, says) => {
    const folder = await folderOfItsOwn();
    const path = join(folder, 'mine.json');
    if (content !== null) await writeFile(path, content);
    const { ended } = startProgram({ ...environmentIn(folder), STANCE_METHODS: path });
    expectFailure(await ended, 2, 'STANCE_METHODS', path, says);
  });

  it('with two methods of one name, and a folder among them, lists it all and makes no file', async () => {
    const folder = await folderOfItsOwn();
    const path = join(folder, 'mine.json');
    await cp(waryMethod, path);
    const files = [waryMethod, folder, path].join(',');
    const failed = await startProgram({ ...environmentIn(folder), STANCE_METHODS: files }).ended;
    expectFailure(
      failed,
      2,
      `${folder}: it is a folder`,
      `${path}: name: "wary" is the method of ${waryMethod} already`,
    );
    await expect(readFile(join(folder, 'events.db'))).rejects.toThrow('ENOENT');
  });
});
