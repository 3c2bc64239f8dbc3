import { exitCode, type ExitCode } from './exit-code.ts';

export type CliErrorCode =
  | 'wrong-use'
  | 'unreadable-file'
  | 'invalid-example'
  | 'interrupted'
  | 'not-the-same'
  | 'poison-event'
  | 'version-not-made';

const exitCodes: Partial<Record<CliErrorCode, ExitCode>> = {
  'wrong-use': exitCode.wrongUse,
  interrupted: exitCode.interrupted,
};

/** Something that ends the command; `hint` says what to do about it. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: CliErrorCode;
  readonly retryable: boolean;
  readonly hint: string | undefined;

  constructor(
    code: CliErrorCode,
    message: string,
    options: { hint?: string; retryable?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.hint = options.hint;
  }

  get exitCode(): ExitCode {
    return exitCodes[this.code] ?? exitCode.failed;
  }
}
