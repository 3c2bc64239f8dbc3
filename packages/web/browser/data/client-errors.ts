import { ClientError } from '@stance/client';

/** Any error as one of the client: what went wrong elsewhere is an answer that the page could not read. */
export const asClientError = (error: unknown): ClientError =>
  error instanceof ClientError ? error : new ClientError('invalid-answer', String(error), { cause: error });

/** Whether another token would help. */
export const needsToken = ({ code }: ClientError): boolean => code === 'unauthorized' || code === 'forbidden';

/** Whether the service has looked at what was asked for, and would refuse the same again. */
export const isRefused = ({ status, retryable }: ClientError): boolean => !retryable && status >= 400 && status < 500;
