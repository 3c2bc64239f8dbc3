import { WebhookError } from '../errors.ts';

const sqliteCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const webhookErrorOf = (error: unknown, path: string): unknown => {
  const code = sqliteCode(error);
  const options = { cause: error };
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new WebhookError('webhooks-busy', `${path} is locked by another process`, { ...options, retryable: true });
  }
  if (code.startsWith('SQLITE_FULL')) {
    return new WebhookError('webhooks-full', `no space is left for ${path}`, { ...options, retryable: true });
  }
  if (/^(?:SQLITE_READONLY|SQLITE_PERM|EACCES|EPERM|EROFS)/.test(code)) {
    return new WebhookError('webhooks-read-only', `${path} cannot be written to`, options);
  }
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return new WebhookError(
      'webhooks-corrupt',
      `${path} is damaged or is no SQLite file: restore it from a backup`,
      options,
    );
  }
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN')) {
    return new WebhookError('webhooks-unavailable', `${path} cannot be read or written`, {
      ...options,
      retryable: true,
    });
  }
  if (error instanceof TypeError && error.message.includes('database connection is not open')) {
    return new WebhookError('webhooks-closed', `${path} was closed`, options);
  }
  return error;
};

/** Runs what touches the file, its failures told as `WebhookError`. */
export const guarded = <Result>(path: string, run: () => Result): Result => {
  try {
    return run();
  } catch (error) {
    throw webhookErrorOf(error, path);
  }
};
