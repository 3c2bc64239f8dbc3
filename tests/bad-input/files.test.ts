import { chmod, cp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { expectUnharmed } from './support/aftermath.ts';
import { recordedEvents, recordGood } from './support/given.ts';
import { environmentIn, newFolder, startProgram, startService } from './support/service.ts';
import type { Ended } from './support/service.ts';

const files = { 'events.db': 'EVENT_STORE', 'read-model.db': 'READ_MODEL', 'feed.db': 'FEED_STORE' } as const;
type File = keyof typeof files;
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
    const other = join(folder, 'other.db');
    const ended = await startProgram({ ...environmentIn(folder), STANCE_EVENT_STORE_URL: `sqlite:${other}` }).ended;
    expectFailure(ended, 1, 'another one', 'STANCE_READ_MODEL_URL');
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
      STANCE_EVENT_STORE_URL: 'esdb://a',
      STANCE_READ_MODEL_URL: 'postgres://a',
      STANCE_FEED_STORE_URL: 'feed.db',
      STANCE_BROKER_URL: 'kafka://a',
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
});
