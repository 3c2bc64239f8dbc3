import type { ClientError } from '@stance/client';

/** Whether the service has looked at what was asked for, and would refuse the same again. */
export const isRefused = ({ status, retryable }: ClientError): boolean => !retryable && status >= 400 && status < 500;
