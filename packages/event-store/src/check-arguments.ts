import type { AppendRequest, ReadAllOptions } from './event-store.ts';

/** @throws RangeError where a request could not be stored and given back as it came. */
export function checkRequests(requests: readonly AppendRequest[]): void {
  for (const request of requests) {
    const { stream, expectedRevision, events } = request;
    if (stream === '') throw new RangeError('an append request needs the name of its stream');
    if (!stream.isWellFormed()) throw new RangeError('the name of a stream must be well-formed Unicode');
    if (!Number.isSafeInteger(expectedRevision) || expectedRevision < -1) {
      throw new RangeError(`${stream}: the expected revision must be -1 or a revision, not ${expectedRevision}`);
    }
    if (events.length === 0) throw new RangeError(`${stream}: an append request needs at least one event`);
    for (const { id, type, schemaVersion, data } of events) {
      if (!id.isWellFormed() || !type.isWellFormed() || !data.isWellFormed()) {
        throw new RangeError(`${stream}: id, type and data of event ${id} must be well-formed Unicode`);
      }
      if (!Number.isSafeInteger(schemaVersion)) {
        throw new RangeError(`${stream}: the schema version of event ${id} must be an integer, not ${schemaVersion}`);
      }
    }
  }
}

/** @throws RangeError where a number makes no sense. */
export function checkReadAll({ after, limit }: ReadAllOptions): void {
  if (!Number.isSafeInteger(after) || after < 0) throw new RangeError(`after must be 0 or a position, not ${after}`);
  checkLimit(limit);
}

/** @throws RangeError where a number makes no sense. */
export function checkReadStream(from: number, limit: number | undefined): void {
  if (!Number.isSafeInteger(from) || from < 0) throw new RangeError(`from must be a revision, not ${from}`);
  if (limit !== undefined) checkLimit(limit);
}

function checkLimit(limit: number): void {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError(`limit must be 1 or more, not ${limit}`);
}
