import { ReadModelError } from '../errors.ts';

const sqliteCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What a failure of SQLite means for the caller; errors that are none of SQLite's come back as they are. */
export const readModelErrorOf = (error: unknown, path: string): unknown => {
  const code = sqliteCode(error);
  const options = { cause: error };
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new ReadModelError('read-model-busy', `${path} is locked by another process`, {
      ...options,
      retryable: true,
    });
  }
  if (code.startsWith('SQLITE_FULL')) {
    return new ReadModelError('read-model-full', `no space is left for ${path}`, { ...options, retryable: true });
  }
  if (/^(?:SQLITE_READONLY|SQLITE_PERM|EACCES|EPERM|EROFS)/.test(code)) {
    return new ReadModelError('read-model-read-only', `${path} cannot be written to`, options);
  }
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return new ReadModelError(
      'read-model-corrupt',
      `${path} is damaged or is no SQLite file: rebuild the read model`,
      options,
    );
  }
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN')) {
    return new ReadModelError('read-model-unavailable', `${path} cannot be read or written`, {
      ...options,
      retryable: true,
    });
  }
  if (error instanceof TypeError && error.message.includes('database connection is not open')) {
    return new ReadModelError('read-model-closed', `${path} was closed`, options);
  }
  return error;
};

/** Runs what touches the file, its failures told as `ReadModelError`. */
export const guarded = <Result>(path: string, run: () => Result): Result => {
  try {
    return run();
  } catch (error) {
    throw readModelErrorOf(error, path);
  }
};

/** The same, answered as a promise. */
export const answered = <Result>(path: string, run: () => Result): Promise<Result> =>
  new Promise((resolve) => {
    resolve(guarded(path, run));
  });
