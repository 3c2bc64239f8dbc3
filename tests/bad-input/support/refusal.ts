import { problems, problemSchema, problemType } from '@stance/contracts';
import type { ProblemCode, ProblemDocument } from '@stance/contracts';
import { expect } from 'vitest';

import { exchange } from './exchange.ts';
import type { Received, Sent } from './exchange.ts';
import type { Service } from './service.ts';

/** A request, and how it is to be refused. */
export interface WrongRequest extends Sent {
  /** Ends the sentence "refuses …". */
  readonly what: string;
  readonly code: ProblemCode;
  /** The field, parameter or header that `errors` has to name; for one that has no fields, `says` tells the place. */
  readonly at?: string;
  /** What else the problem has to say, in `detail` or the messages of `errors`. */
  readonly says?: string;
}

/** The problem document of an answer, checked against its schema, the answer it came in, and the list of problems. */
export const expectProblem = (received: Received, code: ProblemCode): ProblemDocument => {
  expect(received.headers['content-type'], received.text).toMatch(/^application\/problem\+json(;|$)/);
  const problem = problemSchema.parse(JSON.parse(received.text));
  const { status, title, retryable } = problems[code];
  expect(problem, received.text).toMatchObject({ code, status, title, retryable, type: problemType(code) });
  expect(received.status).toBe(status);
  expect(problem.detail).not.toBe('');
  for (const { message } of problem.errors ?? []) expect(message).not.toBe('');
  // Nothing of its inside: no stack, no path of a module, nothing that is not text.
  expect(received.text).not.toMatch(/node_modules|\.ts:\d|\bat [A-Za-z.]+ \(|\[object |undefined/);
  expect(received.text.isWellFormed()).toBe(true);
  return problem;
};

export const expectRefusal = async (service: Service, { code, at, says, ...sent }: WrongRequest): Promise<void> => {
  const received = await exchange(service.port, sent);
  const problem = expectProblem(received, code);
  expect(problem.instance).toBe(sent.path.replace(/\?.*$/s, ''));
  expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/);
  if (at !== undefined)
    expect(
      (problem.errors ?? []).map(({ path }) => path),
      received.text,
    ).toContain(at);
  const said = [problem.detail, ...(problem.errors ?? []).map(({ message }) => message)].join('\n');
  expect(said).toContain(says ?? '');
};
