import { CliError } from '../cli-error.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'there is no permission to read it',
  EISDIR: 'it is a folder',
  Z_DATA_ERROR: 'its gzip data is damaged',
  Z_BUF_ERROR: 'its gzip data ends too early',
};

/** Why a file could not be read, in words. */
export const unreadableFile = (name: string, error: unknown, hint?: string): CliError => {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
  return new CliError('unreadable-file', `Cannot read ${name}: ${reason}`, {
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  });
};
