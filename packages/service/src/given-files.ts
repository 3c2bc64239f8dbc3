import { ConfigError, readConfig } from '@stance/config';
import type { Config, ServiceName } from '@stance/config';
import type { Method } from '@stance/domain';
import { readTokens, TokenFileError } from '@stance/http';
import type { Token } from '@stance/http';

import { MethodFilesError, readMethodFiles } from './method-files.ts';

/** The files that the configuration names and that are read at the start. */
export interface GivenFiles {
  /** `null` where the service runs without. */
  readonly tokens: readonly Token[] | null;
  readonly methods: readonly Method[];
}

/** Several things that the service was given cannot be used; the message lists everything that is wrong with any. */
export class GivenError extends Error {
  override readonly name = 'GivenError';
  readonly code = 'invalid-configuration';
  readonly retryable = false;
  readonly errors: readonly Error[];

  constructor(errors: readonly Error[]) {
    super(errors.map(({ message }) => message).join('\n'));
    this.errors = errors;
  }
}

export const isWrongUse = (error: unknown): error is Error =>
  error instanceof ConfigError ||
  error instanceof TokenFileError ||
  error instanceof MethodFilesError ||
  error instanceof GivenError;

const throwAll = (errors: readonly Error[]): void => {
  const [first] = errors;
  if (first !== undefined) throw errors.length === 1 ? first : new GivenError(errors);
};

type NamedFiles = Pick<Config, 'tokensFile' | 'methodFiles'>;

const readAll = ({ tokensFile, methodFiles }: NamedFiles): { files: GivenFiles; errors: readonly Error[] } => {
  const errors: Error[] = [];
  const attempt = <Result>(read: () => Result, without: Result): Result => {
    try {
      return read();
    } catch (error) {
      if (!isWrongUse(error)) throw error;
      errors.push(error);
      return without;
    }
  };
  const tokens = attempt(() => (tokensFile === null ? null : readTokens(tokensFile)), null);
  const methods = attempt(() => readMethodFiles(methodFiles), []);
  return { files: { tokens, methods }, errors };
};

/** @throws TokenFileError or MethodFilesError, or a GivenError with both. */
export const readGivenFiles = (named: NamedFiles): GivenFiles => {
  const { files, errors } = readAll(named);
  throwAll(errors);
  return files;
};

/**
 * The configuration, where what is wrong with it is told together with what is wrong with the files that it names.
 *
 * @throws ConfigError, or a GivenError.
 */
export const readWholeConfig = (env: NodeJS.ProcessEnv, service: ServiceName): Config => {
  try {
    return readConfig(env, service);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throwAll([error, ...readAll(error.named).errors]);
    throw error;
  }
};
