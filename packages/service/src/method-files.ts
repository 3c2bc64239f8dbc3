import { readFileSync, statSync } from 'node:fs';

import { ProblemError, readMethodFile } from '@stance/contracts';
import type { InputIssue } from '@stance/contracts';
import type { Method } from '@stance/domain';
import { parseJsonText } from '@stance/http';

/** What is wrong in one method file, and where in it; an empty path is the file itself. */
export interface MethodFileFault extends InputIssue {
  readonly file: string;
}

/** Method files cannot be used; `faults` and the message list everything that is wrong in all of them. */
export class MethodFilesError extends Error {
  override readonly name = 'MethodFilesError';
  readonly code = 'invalid-method-files';
  readonly retryable = false;
  readonly faults: readonly MethodFileFault[];

  constructor(faults: readonly MethodFileFault[]) {
    const lines = faults.map(({ file, path, message }) => `  ${file}: ${path === '' ? '' : `${path}: `}${message}`);
    super(`The methods that STANCE_METHODS names are not valid:\n${lines.join('\n')}`);
    this.faults = faults;
  }
}

const mostBytes = 1024 * 1024;
const maxDepth = 10;

const whyUnreadable = (error: unknown): string => {
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    ENOTDIR: 'there is no such file',
    EACCES: 'there is no permission to read it',
    EPERM: 'there is no permission to read it',
  };
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return words[code] ?? `it cannot be read (${code})`;
};

/** Only a plain file of some size ends: a device or a pipe may go on for ever. */
const bytesOf = (file: string): Buffer | string => {
  try {
    const status = statSync(file);
    if (status.isDirectory()) return 'it is a folder';
    if (!status.isFile()) return 'it is no plain file';
    return status.size > mostBytes ? `it has more than ${mostBytes} bytes` : readFileSync(file);
  } catch (error) {
    return whyUnreadable(error);
  }
};

const readOne = (file: string): ReturnType<typeof readMethodFile> => {
  const bytes = bytesOf(file);
  if (typeof bytes === 'string') return { problems: [{ path: '', message: bytes }] };
  try {
    return readMethodFile(parseJsonText(bytes, { maxDepth }, 'file'));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { problems: error.details.errors ?? [{ path: '', message: error.message }] };
  }
};

/**
 * The methods of these files, in their order.
 *
 * @throws MethodFilesError with everything that is wrong in any of them, two of one name included.
 */
export const readMethodFiles = (files: readonly string[]): Method[] => {
  const methods: Method[] = [];
  const faults: MethodFileFault[] = [];
  const owners = new Map<string, string>();
  for (const file of files) {
    const reading = readOne(file);
    if ('problems' in reading) {
      faults.push(...reading.problems.map(({ path, message }) => ({ file, path, message })));
      continue;
    }
    const { name } = reading.ok;
    const owner = owners.get(name);
    if (owner !== undefined)
      faults.push({ file, path: 'name', message: `"${name}" is the method of ${owner} already` });
    owners.set(name, file);
    methods.push(reading.ok);
  }
  if (faults.length > 0) throw new MethodFilesError(faults);
  return methods;
};
