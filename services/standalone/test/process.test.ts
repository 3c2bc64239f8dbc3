import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { environment, newFolder, run } from './running.ts';

const isRoot = process.getuid?.() === 0;

describe('the process', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'prints its address first, and ends with 0 at %s',
    async (signal) => {
      const running = run(environment(await newFolder()));
      expect((await fetch(`${await running.address}/readyz`)).status).toBe(200);
      running.child.kill(signal);
      expect(await running.ended).toEqual({
        code: 0,
        signal: null,
        out: expect.stringMatching(
          /^Stance tracker listens on (http:\/\/127\.0\.0\.1:\d+)\nAsk it .+ --url \1\nLook at it in a browser: \1 \(.+\/docs\)\n$/,
        ),
        err: '',
      });
    },
  );

  test('warns where others reach it and no tokens say who may do what', async () => {
    const folder = await newFolder();
    const open = run(environment(folder, { STANCE_HOST: '0.0.0.0' }));
    await open.address;
    open.child.kill('SIGTERM');
    expect((await open.ended).err).toContain('set STANCE_TOKENS');

    const tokens = join(folder, 'tokens.json');
    await writeFile(tokens, '{"tokens":[]}');
    const guarded = run(environment(folder, { STANCE_HOST: '0.0.0.0', STANCE_TOKENS: tokens }));
    await guarded.address;
    guarded.child.kill('SIGTERM');
    expect((await guarded.ended).err).toBe('');
  });

  test('finishes the call under way when it is asked to stop', async () => {
    const running = run(environment(await newFolder()));
    const { port } = new URL(await running.address);
    const socket = connect(Number(port), '127.0.0.1');
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => (received += text));
    const body = '{"holder":"ann","proposition":"tax","direction":"support","saidAt":"2024-01-01"}';
    socket.write(
      `POST /v1/statements?createMissing=true HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
    );
    await vi.waitFor(async () => {
      const metrics = await (await fetch(`${await running.address}/metrics`)).text();
      expect(metrics).toContain('http_requests_in_flight 2');
    });
    running.child.kill('SIGTERM');
    await vi.waitFor(async () => expect(await fetch(await running.address).catch(() => 'refused')).toBe('refused'));
    socket.write(body.slice(10));
    await once(socket, 'close');
    expect(received).toContain('"outcome":"accepted"');
    expect((await running.ended).code).toBe(0);
  });

  test('ends at the deadline where a call does not finish', async () => {
    const running = run(environment(await newFolder(), { STANCE_STOP_SECONDS: '0' }));
    const { port } = new URL(await running.address);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      'POST /v1/statements HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    );
    await vi.waitFor(async () => {
      expect(await (await fetch(`${await running.address}/metrics`)).text()).toContain('http_requests_in_flight 2');
    });
    running.child.kill('SIGTERM');
    const { code, err } = await running.ended;
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('"cutOff":1') });
  });

  test('takes copies of a signal for one, and ends at once, with 1, at a second', async () => {
    const running = run(environment(await newFolder()));
    const { port } = new URL(await running.address);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      'POST /v1/statements HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    );
    await vi.waitFor(async () => {
      expect(await (await fetch(`${await running.address}/metrics`)).text()).toContain('http_requests_in_flight 2');
    });
    running.child.kill('SIGTERM');
    running.child.kill('SIGTERM');
    await vi.waitFor(async () => expect(await fetch(await running.address).catch(() => 'refused')).toBe('refused'));
    expect(running.child.exitCode).toBe(null);
    await vi.waitFor(() => {
      running.child.kill('SIGTERM');
      expect(running.child.exitCode).toBe(1);
    });
  });

  test('logs an error that nothing handles, and ends with 1', async () => {
    const fault = "process.on('SIGUSR2', () => { throw new Error('nobody foresaw this'); });";
    const running = run(
      environment(await newFolder(), { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}` }),
    );
    await running.address;
    running.child.kill('SIGUSR2');
    const { code, err } = await running.ended;
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('nobody foresaw this') });
  });

  test('goes on where it was after being killed', async () => {
    const folder = await newFolder();
    const first = run(environment(folder));
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"holder":"ann","proposition":"tax","direction":"support","saidAt":"2024-01-01"}',
    };
    const path = '/v1/statements?createMissing=true';
    expect((await fetch((await first.address) + path, init)).status).toBe(201);
    first.child.kill('SIGKILL');
    expect((await first.ended).signal).toBe('SIGKILL');

    const second = run(environment(folder));
    const again = await fetch((await second.address) + path, init);
    expect(await again.json()).toMatchObject({ outcome: 'duplicate', position: 3 });
  });
});

describe('a start that fails', () => {
  const failure = async (env: Readonly<Record<string, string>>, options: { cwd?: string; args?: string[] } = {}) => {
    const { code, out, err } = await run(env, options).ended;
    expect(out).toBe('');
    expect(err).not.toMatch(/^\s+at /m);
    return { code, err };
  };

  test('because of its configuration lists all that is wrong, and ends with 2', async () => {
    const { code, err } = await failure({ STANCE_PORT: 'x', STANCE_EVENT_STORE_URL: 'mysql://a', STANCE_TOKENZ: 'x' });
    expect(code).toBe(2);
    for (const part of [
      'STANCE_PORT: "x"',
      '"mysql://a" is not a URL of an event store',
      'did you mean STANCE_TOKENS?',
    ]) {
      expect(err).toContain(part);
    }
  });

  test('because of its configuration and of files that it names lists what is wrong with all of them', async () => {
    const files = { STANCE_METHODS: './no-method.json', STANCE_TOKENS: './no-tokens.json' };
    for (const more of [{}, { STANCE_PORT: 'x' }]) {
      const { code, err } = await failure({ ...files, ...more });
      expect(code).toBe(2);
      for (const part of ['no-method.json', 'no-tokens.json', ...Object.keys(more)]) expect(err).toContain(part);
    }
  });

  test('because of an argument shows how it is used, and ends with 2', async () => {
    const { code, err } = await failure({}, { args: ['--port=80'] });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('"--port=80" is not understood') });
  });

  test('because of its token file names the place in it, and ends with 2', async () => {
    const folder = await newFolder();
    const file = join(folder, 'tokens.json');
    await writeFile(file, '{"tokens":[{"name":"a"}]}');
    const { code, err } = await failure(environment(folder, { STANCE_TOKENS: file }));
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('tokens[0].sha256') });
  });

  test('because the port is taken says what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const folder = await newFolder();
    const { code, err } = await failure(environment(folder, { STANCE_PORT: String(port) }));
    expect(code).toBe(1);
    expect(await readdir(folder)).toEqual([]);
    expect(err).toContain(`Port ${port} on 127.0.0.1 is taken: stop the program that uses it, or set STANCE_PORT`);
  });

  test('because it runs already says so, whatever else is taken', async () => {
    const folder = await newFolder();
    const { port } = new URL(await run(environment(folder)).address);
    const { code, err } = await failure(environment(folder, { STANCE_PORT: port }));
    expect(code).toBe(1);
    expect(err).toContain(`The service runs already: port ${port} on 127.0.0.1 is taken, and another process works on`);
    expect(err).toContain('STANCE_PORT, STANCE_EVENT_STORE_URL and STANCE_READ_MODEL_URL');
  });

  test('because the address is not of this machine says what to do', async () => {
    const { code, err } = await failure(environment(await newFolder(), { STANCE_HOST: '192.0.2.1' }));
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining('192.0.2.1 is not an address of this machine'),
    });
  });

  test('because another process has the files says so, and leaves that one alone', async () => {
    const folder = await newFolder();
    const first = run(environment(folder));
    const address = await first.address;
    const { code, err } = await failure(environment(folder));
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/events\.db: another process.*stop it first.*STANCE_EVENT_STORE_URL/s),
    });
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
  });

  test.each([
    ['events.db', 'STANCE_EVENT_STORE_URL'],
    ['read-model.db', 'STANCE_READ_MODEL_URL'],
    ['feed.db', 'STANCE_FEED_STORE_URL'],
  ])('because %s is a file of something else names it and %s, and leaves it as it was', async (name, variable) => {
    const folder = await newFolder();
    const file = join(folder, name);
    const content = 'A letter, not a database. '.repeat(100);
    await writeFile(file, content);
    const { code, err } = await failure(environment(folder));
    expect(code).toBe(1);
    expect(err).toContain(file);
    expect(err).toContain(variable);
    expect(await readFile(file, 'utf8')).toBe(content);
  });

  test.skipIf(isRoot)('because there is no write permission says where', async () => {
    const folder = await newFolder();
    await chmod(folder, 0o500);
    const { code, err } = await failure({ STANCE_PORT: '0', STANCE_SEED: 'none' }, { cwd: folder });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('no permission to make the folder ./data') });
  });

  test.skipIf(isRoot).each([
    ['events.db', 'STANCE_EVENT_STORE_URL'],
    ['read-model.db', 'STANCE_READ_MODEL_URL'],
    ['feed.db', 'STANCE_FEED_STORE_URL'],
  ])('because %s may not be written to names it and %s', async (name, variable) => {
    const folder = await newFolder();
    const first = run(environment(folder));
    await first.address;
    first.child.kill('SIGTERM');
    expect((await first.ended).code).toBe(0);
    await chmod(join(folder, name), 0o444);
    const { code, err } = await failure(environment(folder));
    expect(code).toBe(1);
    expect(err).toContain(join(folder, name));
    expect(err).toContain('be written to');
    expect(err).toContain(variable);
  });

  test('because a file stands where the folder belongs says which', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'data'), '');
    const { code, err } = await failure({ STANCE_PORT: '0', STANCE_SEED: 'none' }, { cwd: folder });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('data is a file where a folder is needed') });
  });

  test.each([
    ['a folder that is not there', null, 'has to name a folder of examples'],
    ['a line that is not JSON', '{', 'statements.ndjson, line 1 is not a JSON object'],
    ['a line that is no statement', '{"holder":"ann"}', 'statements.ndjson, line 1 was not taken'],
  ])('because of examples with %s names the place', async (_what, line, message) => {
    const folder = await newFolder();
    const examples = join(folder, 'examples');
    await mkdir(examples);
    for (const name of line === null ? [] : ['actors.ndjson', 'propositions.ndjson', 'statements.ndjson']) {
      await writeFile(join(examples, name), name === 'statements.ndjson' ? `${line}\n` : '');
    }
    const { code, err } = await failure(
      environment(folder, { STANCE_SEED: line === null ? join(folder, 'none-there') : examples }),
    );
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(message) });
  });
});
