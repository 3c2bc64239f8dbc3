import type { HandlerInput } from '@stance/http';

import type { ChangeOptions } from './change-precondition.ts';
import type { WriteContext } from './write-context.ts';

/** What of a request goes into the envelopes of its events. */
export const contextOf = ({
  correlationId,
  traceparent,
  identity,
}: Pick<HandlerInput<unknown, unknown, unknown>, 'correlationId' | 'traceparent' | 'identity'>): WriteContext => ({
  correlationId,
  ...(traceparent === null ? {} : { traceparent }),
  ...(identity.name === null ? {} : { recordedBy: identity.name }),
});

interface ChangeHeaders {
  readonly 'if-match'?: number | undefined;
}

/** The same, and the revision that the caller wants to build on. */
export const changeOptionsOf = (input: HandlerInput<unknown, unknown, ChangeHeaders>): ChangeOptions => {
  const expectedRevision = input.headers['if-match'];
  return { context: contextOf(input), ...(expectedRevision === undefined ? {} : { expectedRevision }) };
};
