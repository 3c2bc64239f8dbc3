import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describeWebhookStoreContract } from '@stance/webhooks/contract-suite';
import { openSqliteWebhookStore } from '@stance/webhooks/sqlite';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';

const folder = (): string => mkdtempSync(join(tmpdir(), 'stance-webhooks-'));

describeWebhookStoreContract('SQLite', () => {
  const made = folder();
  const stack = new AsyncDisposableStack();
  stack.defer(() => {
    rmSync(made, { recursive: true, force: true });
  });
  return Promise.resolve({
    open: async () =>
      stack.adopt(openSqliteWebhookStore({ path: join(made, 'webhooks.db') }), (store) => store.close()),
    dispose: () => stack.disposeAsync(),
  });
});

describe('a file of webhooks', () => {
  const path = (): string => {
    const made = folder();
    onTestFinished(() => {
      rmSync(made, { recursive: true, force: true });
    });
    return join(made, 'webhooks.db');
  };

  it('that belongs to another program is refused', () => {
    const file = path();
    const other = new Sqlite(file);
    other.exec('CREATE TABLE other (a)');
    other.close();
    expect(() => openSqliteWebhookStore({ path: file })).toThrow(
      expect.objectContaining({ code: 'webhooks-foreign-file' }),
    );
  });

  it('of a later version is refused', async () => {
    const file = path();
    await openSqliteWebhookStore({ path: file }).close();
    const later = new Sqlite(file);
    later.pragma('user_version = 2');
    later.close();
    expect(() => openSqliteWebhookStore({ path: file })).toThrow(/tables of version 2, this program knows version 1/);
  });

  it('that is no database is refused', () => {
    const file = path();
    writeFileSync(file, 'a text that is certainly long enough not to be taken for an empty file, and no database');
    expect(() => openSqliteWebhookStore({ path: file })).toThrow(expect.objectContaining({ code: 'webhooks-corrupt' }));
  });

  it.skipIf(process.getuid?.() === 0)('that cannot be written to is refused (not for root, who may)', async () => {
    const file = path();
    await openSqliteWebhookStore({ path: file }).close();
    chmodSync(file, 0o444);
    expect(() => openSqliteWebhookStore({ path: file })).toThrow(
      expect.objectContaining({ code: 'webhooks-read-only' }),
    );
  });
});
