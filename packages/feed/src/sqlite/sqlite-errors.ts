import { FeedError } from '../errors.ts';

const sqliteCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const feedErrorOf = (error: unknown, path: string): unknown => {
  const code = sqliteCode(error);
  const options = { cause: error };
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new FeedError('feed-busy', `${path} is locked by another process`, { ...options, retryable: true });
  }
  if (code.startsWith('SQLITE_FULL')) {
    return new FeedError('feed-full', `no space is left for ${path}`, { ...options, retryable: true });
  }
  if (/^(?:SQLITE_READONLY|SQLITE_PERM|EACCES|EPERM|EROFS)/.test(code)) {
    return new FeedError('feed-read-only', `${path} cannot be written to`, options);
  }
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return new FeedError('feed-corrupt', `${path} is damaged or is no SQLite file: restore it from a backup`, options);
  }
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN')) {
    return new FeedError('feed-unavailable', `${path} cannot be read or written`, { ...options, retryable: true });
  }
  if (error instanceof TypeError && error.message.includes('database connection is not open')) {
    return new FeedError('feed-closed', `${path} was closed`, options);
  }
  return error;
};

/** Runs what touches the file, its failures told as `FeedError`. */
export const guarded = <Result>(path: string, run: () => Result): Result => {
  try {
    return run();
  } catch (error) {
    throw feedErrorOf(error, path);
  }
};

/** The same, answered as a promise. */
export const answered = <Result>(path: string, run: () => Result): Promise<Result> =>
  new Promise((resolve) => {
    resolve(guarded(path, run));
  });
