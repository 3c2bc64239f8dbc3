import { z } from 'zod';

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** Whether the same call may go through later. */
  readonly retryable: boolean;
  /** What a reader of the documentation wants to know: when it comes, and what to do. */
  readonly meaning: string;
}

/**
 * Every problem the API answers with (RFC 9457): its stable code, HTTP status, title and meaning, once. The
 * documentation and the OpenAPI document list them from here.
 */
export const problems = {
  'malformed-json': {
    status: 400,
    title: 'The body is not JSON',
    retryable: false,
    meaning: 'The body, or the line, is not JSON text. `detail` says where it stops being so.',
  },
  'wrong-encoding': {
    status: 400,
    title: 'The body is not UTF-8',
    retryable: false,
    meaning: 'Text has to come as UTF-8. A byte order mark is taken at the very start only.',
  },
  'invalid-input': {
    status: 400,
    title: 'The input breaks the schema or a rule',
    retryable: false,
    meaning: '`errors` names each field that is wrong, missing, unknown or given twice, and says why.',
  },
  'invalid-cursor': {
    status: 400,
    title: 'The cursor is not one of this list',
    retryable: false,
    meaning: 'A cursor (`after`) is taken from `next` of the same list, asked with the same filters.',
  },
  'known-at-in-future': {
    status: 400,
    title: 'knownAt lies in the future',
    retryable: false,
    meaning:
      'What will be recorded later is not known yet, and something may still be recorded at the present instant. Leave ' +
      '`knownAt` out to ask for what is known now.',
  },
  'unknown-method': {
    status: 400,
    title: 'There is no such method',
    retryable: false,
    meaning: '`method` has to be the name of a method of this service.',
  },
  'too-many-histories': {
    status: 400,
    title: 'Too many histories would have to be folded for this',
    retryable: false,
    meaning:
      'The changes by another method than `default` are not kept but made when they are asked for. Name a `holder` or a ' +
      '`proposition`; `GET /v1/methods/compare` walks all histories.',
  },
  'comparison-too-large': {
    status: 400,
    title: 'Too much is to be compared at a time',
    retryable: false,
    meaning: 'Name fewer holders, a narrower topic or a shorter period: `detail` says what there is too much of.',
  },
  unauthorized: {
    status: 401,
    title: 'A token is needed',
    retryable: false,
    meaning: 'Send `Authorization: Bearer <token>` with a token of this service.',
  },
  forbidden: {
    status: 403,
    title: 'The token, or the address, does not allow this',
    retryable: false,
    meaning: 'The token lacks the scope of this call; without tokens only the machine itself may write.',
  },
  'not-found': {
    status: 404,
    title: 'There is no such resource',
    retryable: false,
    meaning: 'Nothing answers at this path.',
  },
  'unknown-actor': {
    status: 404,
    title: 'There is no such actor',
    retryable: false,
    meaning: 'Register the actor first, or write with `createMissing=true`.',
  },
  'unknown-proposition': {
    status: 404,
    title: 'There is no such proposition',
    retryable: false,
    meaning: 'Define the proposition first, or write with `createMissing=true`.',
  },
  'unknown-topic': {
    status: 404,
    title: 'There is no such topic',
    retryable: false,
    meaning:
      'Define the topic first, with `PUT /v1/topics/{id}`. Where one is asked for, a proposition that stands under it will do.',
  },
  'unknown-version': {
    status: 404,
    title: 'There is no such version of the read model',
    retryable: false,
    meaning: 'It was dropped, or never made: `GET /v1/projections/{name}/versions` tells which there are.',
  },
  'unknown-webhook': {
    status: 404,
    title: 'There is no such webhook',
    retryable: false,
    meaning: 'It was removed, or never put: `GET /v1/webhooks` tells which there are.',
  },
  'unknown-dead-letter': {
    status: 404,
    title: 'There is no such dead letter',
    retryable: false,
    meaning:
      'It was tried again or forgotten, or what follows it was replayed: `…/dead-letters` tells which there are.',
  },
  'unknown-statement': {
    status: 404,
    title: 'There is no such statement',
    retryable: false,
    meaning: 'No statement was recorded under this id.',
  },
  'unknown-change': {
    status: 404,
    title: 'There is no such change',
    retryable: false,
    meaning:
      'No change of this history has that id at that position. A change goes when its ground does; the feed says what took its place.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The resource does not take this method',
    retryable: false,
    meaning: '`Allow` lists the methods that it takes.',
  },
  'not-acceptable': {
    status: 406,
    title: 'None of the media types asked for can be given',
    retryable: false,
    meaning: 'Ask for one of the media types that the description of the call lists.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request did not arrive in time',
    retryable: true,
    meaning: 'The headers or the body came too slowly. Send them again, at once.',
  },
  'statement-conflict': {
    status: 409,
    title: 'The id stands for another statement',
    retryable: false,
    meaning:
      'A statement with this id but other content is recorded already; `fields` names what differs. A mistake in the ' +
      'record is corrected with `POST /v1/statements/{id}/correction`.',
  },
  'statement-retracted': {
    status: 409,
    title: 'The statement was retracted',
    retryable: false,
    meaning:
      'A retracted statement cannot be changed. Submit a new one, with `replaces` where it stands for the old one.',
  },
  'not-own-statement': {
    status: 409,
    title: 'The statement is somebody else’s',
    retryable: false,
    meaning:
      'Only the holder of a statement can disown it. Record the denial of somebody else as a statement of his own; what ' +
      'should not be in the record is retracted.',
  },
  'merge-cycle': {
    status: 409,
    title: 'The actor would be merged into itself',
    retryable: false,
    meaning: '`into` is the actor itself, or answers as it, by merges recorded before.',
  },
  'already-merged': {
    status: 409,
    title: 'The actor is merged into another one already',
    retryable: false,
    meaning: '`detail` says into which. Unmerge it first.',
  },
  'not-merged': {
    status: 409,
    title: 'The actor is not merged',
    retryable: false,
    meaning: 'Only an actor that was merged into another one can be unmerged.',
  },
  'membership-cycle': {
    status: 409,
    title: 'The actor would be a part of itself',
    retryable: false,
    meaning:
      'The group belongs to the actor already, at the same time, directly or through others: `detail` names the path. ' +
      'Of vague dates every day counts that they may mean.',
  },
  'relation-cycle': {
    status: 409,
    title: 'The proposition would be related to itself',
    retryable: false,
    meaning:
      'A proposition narrows no proposition that narrows it (`detail` names the path), nor is related to itself.',
  },
  'relation-conflict': {
    status: 409,
    title: 'The relation contradicts one that is recorded',
    retryable: false,
    meaning: 'Of two propositions one cannot entail the other and contradict it.',
  },
  'topic-cycle': {
    status: 409,
    title: 'The topic would be a part of itself',
    retryable: false,
    meaning: '`parent` is the topic itself, or stands below it: `detail` names the path.',
  },
  'not-parked': {
    status: 409,
    title: 'The event is not parked',
    retryable: false,
    meaning:
      'Nothing of the stream is parked by now, or another event of it than the one named: `detail` says which. Where a ' +
      'retry went through, or a skip, without its answer coming back, there is nothing left to do.',
  },
  'rebuild-under-way': {
    status: 409,
    title: 'A version of the read model is being made already',
    retryable: false,
    meaning: 'One is made at a time: `detail` names it. Wait for it, switch to it, or drop it.',
  },
  'too-many-webhooks': {
    status: 409,
    title: 'There are as many webhooks as there may be',
    retryable: false,
    meaning: 'Remove one that nobody needs; or have a program read the topics of Kafka, and tell the others.',
  },
  'version-refused': {
    status: 409,
    title: 'The version is not in the state for that',
    retryable: false,
    meaning:
      '`detail` says what state it is in: only one that is `ready` can be switched to, and the one that serves cannot be dropped.',
  },
  'concurrent-write': {
    status: 409,
    title: 'Somebody else was faster',
    retryable: true,
    meaning: 'Others kept writing to the same resource while this was tried. Try again.',
  },
  'stream-unreadable': {
    status: 409,
    title: 'What was recorded cannot be read by this version',
    retryable: false,
    meaning:
      'The stream of the resource holds an event that this version of the service does not know: a newer one wrote it. ' +
      'Nothing was written. Go on with the newer version.',
  },
  'revision-mismatch': {
    status: 412,
    title: 'The resource is at another revision',
    retryable: false,
    meaning:
      '`If-Match` named a revision that is no longer the last one; `revision` is the last one. Read, then decide.',
  },
  'too-large': {
    status: 413,
    title: 'The input is too large',
    retryable: false,
    meaning: 'A statement, as JSON, takes at most 64 KiB; `detail` names the limit that was passed.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The media type is not understood',
    retryable: false,
    meaning: 'Send one of the media types that the description of the call lists.',
  },
  'expectation-failed': {
    status: 417,
    title: 'The expectation cannot be met',
    retryable: false,
    meaning: '`Expect` names something else than `100-continue`. Leave the header out.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    retryable: true,
    meaning: 'Wait for as many seconds as `Retry-After` says.',
  },
  'results-not-read': {
    status: 400,
    title: 'The results are not being read',
    retryable: true,
    meaning:
      'Results of NDJSON lines are kept for a client that writes before it reads, but only so many. Read them while ' +
      'writing, or ask for `results=errors`.',
  },
  internal: {
    status: 500,
    title: 'The service failed',
    retryable: false,
    meaning: 'A fault of the service. Its log has the details under the `requestId` of the answer.',
  },
  'not-caught-up': {
    status: 503,
    title: 'The projection has not come this far yet',
    retryable: true,
    meaning:
      'The read waited for `minPosition` or `knownAt` as long as it may; where it gave neither, for where the log stood ' +
      'when the service started: a read model that is made anew answers nothing before. Try again after `Retry-After` ' +
      'seconds.',
  },
  'store-unavailable': {
    status: 503,
    title: 'The event store cannot be written to',
    retryable: true,
    meaning:
      'Whether it was recorded is not known, unless `detail` says so. Send the same again: what was recorded before is ' +
      'answered as a duplicate. Where the file was removed or replaced, the service has to be started anew before.',
  },
  'webhooks-unavailable': {
    status: 503,
    title: 'The store of webhooks, or the change feed, cannot be read or written',
    retryable: true,
    meaning:
      'Its server cannot be reached, or the disk is full: `detail` says which. Nothing is lost; try again later.',
  },
  'read-model-unavailable': {
    status: 503,
    title: 'The read model cannot be read',
    retryable: true,
    meaning:
      'It was removed, replaced or damaged under the running service, its server cannot be reached, or another program ' +
      'holds it: `detail` says which. What was recorded is not touched by that: it stands in the event store.',
  },
  'projector-not-at-work': {
    status: 503,
    title: 'This projector is not the one at work',
    retryable: true,
    meaning:
      'It stands by, or is being started: another one writes the read model, or none does. Ask the one whose ' +
      '`GET /v1/projections` says `live` or `catching-up`.',
  },
  'shutting-down': {
    status: 503,
    title: 'The service is stopping',
    retryable: true,
    meaning: 'Try again after `Retry-After` seconds, or at another copy of the service.',
  },
  overloaded: {
    status: 503,
    title: 'The service has too much to do',
    retryable: true,
    meaning: 'Try again after `Retry-After` seconds.',
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problems;

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code);

/** What is wrong with one field of the input; `path` is like `quote.end` or `reportedBy[0].name`, empty for the whole. */
export const inputIssueSchema = z
  .strictObject({ path: z.string(), message: z.string() })
  .meta({ id: 'InputIssue', description: 'What is wrong with one field; an empty `path` means the whole input' });

export type InputIssue = z.infer<typeof inputIssueSchema>;

/** The body of an `application/problem+json` answer. Some codes add a field of their own (`fields`, `revision`). */
export const problemSchema = z
  .looseObject({
    type: z.string().meta({ description: 'A URL that names the kind of problem: it ends in the code' }),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    code: z.string().meta({ description: 'The stable code: programs tell problems apart by it' }),
    retryable: z.boolean().meta({ description: 'Whether the same call may go through later' }),
    instance: z.string().optional().meta({ description: 'The path that was asked for' }),
    requestId: z.string().optional(),
    errors: z.array(inputIssueSchema).optional(),
    fields: z.array(z.string()).optional().meta({ description: 'With `statement-conflict`: the fields that differ' }),
    revision: z.int().optional().meta({ description: 'With `revision-mismatch`: the last revision there is' }),
  })
  .meta({ id: 'Problem', description: 'A problem (RFC 9457)' });

export type ProblemDocument = z.infer<typeof problemSchema>;

export interface ProblemDetails {
  /** What is wrong, where, and with which value; the title of the code where absent. */
  readonly detail?: string;
  readonly errors?: readonly InputIssue[];
  /** Fields that only this code has. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Where a problem came up. */
export interface ProblemPlace {
  readonly instance?: string;
  readonly requestId?: string;
}

const problemTypeBase = 'https://stance-tracker.dev/problems/';

export const problemType = (code: ProblemCode): string => problemTypeBase + code;

/** The problem document of a code. */
export const problemDocument = (
  code: ProblemCode,
  details: ProblemDetails = {},
  place: ProblemPlace = {},
): ProblemDocument => {
  const { title, status, retryable } = problems[code];
  return {
    type: problemType(code),
    title,
    status,
    detail: details.detail ?? title,
    code,
    retryable,
    ...(place.instance === undefined ? {} : { instance: place.instance }),
    ...(place.requestId === undefined ? {} : { requestId: place.requestId }),
    ...(details.errors === undefined ? {} : { errors: [...details.errors] }),
    ...details.extra,
  };
};
