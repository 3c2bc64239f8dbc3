import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { newToken } from '@stance/http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { expectUnharmed } from './support/aftermath.ts';
import { exchange } from './support/exchange.ts';
import { good } from './support/given.ts';
import { expectProblem } from './support/refusal.ts';
import { startService } from './support/service.ts';
import type { Service } from './support/service.ts';

const reader = newToken('reader', ['read']);
const writer = newToken('writer', ['write']);

describe('a call of a service with tokens', () => {
  let folder: string;
  let service: Service;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stance-tokens-'));
    const file = join(folder, 'tokens.json');
    await writeFile(file, JSON.stringify({ tokens: [reader.entry, writer.entry] }));
    service = await startService({ STANCE_TOKENS: file });
  });
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const call = (authorization: string | undefined, what: 'reads' | 'writes') =>
    exchange(service.port, {
      path: what === 'reads' ? '/v1/actors' : '/v1/statements?createMissing=true',
      ...(what === 'reads' ? {} : { body: good }),
      ...(authorization === undefined ? {} : { headers: { authorization } }),
    });

  it.each([
    ['reads', 'without a token', undefined],
    ['writes', 'without a token', undefined],
    ['writes', 'with an empty header', ''],
    ['writes', 'with a token nobody gave', 'Bearer stance_made-up'],
    ['writes', 'with a token cut short', `Bearer ${writer.token.slice(0, -1)}`],
    ['writes', 'with a token twice', `Bearer ${writer.token}, Bearer ${writer.token}`],
    ['writes', 'with a token of 600 characters', `Bearer ${'a'.repeat(600)}`],
    ['writes', 'with the hash of a token', `Bearer ${writer.entry.sha256}`],
    ['writes', 'with another scheme', `Basic ${writer.token}`],
    ['writes', 'with no scheme', writer.token],
  ] as const)('that %s %s is unauthorized', async (what, _how, authorization) => {
    const received = await call(authorization, what);
    expectProblem(received, 'unauthorized');
    expect(received.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(received.text).not.toContain(writer.entry.sha256);
  });

  it.each([
    ['writes', 'reader', reader],
    ['reads', 'writer', writer],
  ] as const)('that %s with the token of a %s is forbidden', async (what, _who, { token }) => {
    const received = await call(`Bearer ${token}`, what);
    expectProblem(received, 'forbidden');
    expect(received.headers['www-authenticate']).toContain('insufficient_scope');
  });

  it('that has the scope is answered', async () => {
    expect(await call(`Bearer ${reader.token}`, 'reads')).toMatchObject({ status: 200 });
    expect(await call(`bearer ${writer.token}`, 'writes')).toMatchObject({ status: 201 });
  });

  it('that is refused leaves nothing behind', async () => {
    await expectUnharmed(service, 3, { authorization: `Bearer ${reader.token}` });
  });
});
