/**
 * Every problem the API answers with (RFC 9457): its stable code, HTTP status and title, once. The documentation and
 * the OpenAPI document list them from here.
 */
export const problems = {
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  'wrong-encoding': { status: 400, title: 'The body is not UTF-8' },
  'invalid-input': { status: 400, title: 'The input breaks the schema or a rule' },
  'invalid-cursor': { status: 400, title: 'The cursor is not one of this list' },
  'known-at-in-future': { status: 400, title: 'knownAt lies in the future' },
  'unknown-method': { status: 400, title: 'There is no such method' },
  'unauthorized': { status: 401, title: 'A token is needed' },
  'forbidden': { status: 403, title: 'The token, or the address, does not allow this' },
  'not-found': { status: 404, title: 'There is no such resource' },
  'unknown-actor': { status: 404, title: 'There is no such actor' },
  'unknown-proposition': { status: 404, title: 'There is no such proposition' },
  'unknown-statement': { status: 404, title: 'There is no such statement' },
  'method-not-allowed': { status: 405, title: 'The resource does not take this method' },
  'not-acceptable': { status: 406, title: 'None of the media types asked for can be given' },
  'statement-conflict': { status: 409, title: 'The id stands for another statement' },
  'statement-retracted': { status: 409, title: 'The statement was retracted' },
  'concurrent-write': { status: 409, title: 'Somebody else was faster' },
  'revision-mismatch': { status: 412, title: 'The resource is at another revision' },
  'too-large': { status: 413, title: 'The input is too large' },
  'unsupported-media-type': { status: 415, title: 'The media type is not understood' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'internal': { status: 500, title: 'The service failed' },
  'not-caught-up': { status: 503, title: 'The projection has not come this far yet' },
  'store-unavailable': { status: 503, title: 'The event store cannot be written to' },
  'shutting-down': { status: 503, title: 'The service is stopping' },
  'overloaded': { status: 503, title: 'The service has too much to do' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemCode = keyof typeof problems;
