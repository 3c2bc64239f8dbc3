import type { ProblemDocument } from '../contract/answer.ts';

import { ClientError } from '../client-error.ts';

/** The error that an answer other than 2xx stands for. */
export const refusalOf = (
  response: Response,
  text: string,
  { baseUrl, call }: { baseUrl: string; call: string },
): ClientError => {
  const problem = problemIn(text);
  if (problem === undefined)
    return notTheService(baseUrl, `It answered ${response.status} without a problem document`, {
      status: response.status,
      call,
      // What stands between, such as a proxy whose service is away, answers in its own words.
      retryable: [502, 503, 504].includes(response.status),
      retryAfter: retryAfterOf(response),
    });
  return new ClientError(problem.code, problem.detail, {
    status: problem.status,
    retryable: problem.retryable,
    retryAfter: retryAfterOf(response),
    problem,
    call,
  });
};

export const notTheService = (
  baseUrl: string,
  message: string,
  options: ConstructorParameters<typeof ClientError>[2] = {},
): ClientError =>
  new ClientError('unexpected-answer', `${baseUrl} does not answer as a stance tracker does. ${message}`, options);

const problemIn = (text: string): ProblemDocument | undefined => {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isProblem(body) ? body : undefined;
};

const isProblem = (body: unknown): body is ProblemDocument =>
  typeof body === 'object' &&
  body !== null &&
  'code' in body &&
  typeof body.code === 'string' &&
  'detail' in body &&
  typeof body.detail === 'string' &&
  'status' in body &&
  typeof body.status === 'number' &&
  'retryable' in body &&
  typeof body.retryable === 'boolean';

/** In milliseconds. */
const retryAfterOf = (response: Response): number | undefined => {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
};
