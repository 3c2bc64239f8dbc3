import { failureOf } from './failure.ts';
import type { PostgresFailureKind } from './failure.ts';

export interface AnsweringOptions<Code extends string> {
  /** What stands in the schema, in words. */
  readonly what: string;
  readonly codes: Readonly<Record<PostgresFailureKind, Code>>;
  /** The error of the package whose store it is. */
  readonly Failure: new (
    code: Code,
    message: string,
    options: { readonly retryable: boolean; readonly cause: unknown },
  ) => Error;
}

/** Runs what needs the server, its failures told in the caller's own codes; errors that are none of it stay as they are. */
export const createAnswering =
  <Code extends string>({ what, codes, Failure }: AnsweringOptions<Code>) =>
  async <Result>(schema: string, run: () => Promise<Result>): Promise<Result> => {
    try {
      return await run();
    } catch (cause) {
      const failure = failureOf(cause);
      if (failure === null) throw cause;
      const { kind, message, retryable } = failure;
      throw new Failure(codes[kind], `the ${what} in the schema ${schema} of PostgreSQL: ${message}`, {
        retryable,
        cause,
      });
    }
  };
