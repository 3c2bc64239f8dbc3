import { Metadata, status, type StatusObject } from '@grpc/grpc-js';

import type { Fault } from './faults.ts';

/** Where the leader is, for those who ask another node. */
export interface Leader {
  readonly host: string;
  readonly port: number;
}

// What the server refuses with: EventStore.Core/Services/Transport/Grpc/RpcExceptions.cs and Constants.cs.

export const accessDenied = (): StatusObject =>
  refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const notLeader = ({ host, port }: Leader): StatusObject =>
  refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

export const streamDeleted = (stream: string): StatusObject =>
  refusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const maxAppendSizeExceeded = (most: number): StatusObject =>
  refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${most} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(most),
  });

/** A read that begins inside a record fails: the log has no way to tell (TFChunkReader.cs, InvalidReadException). */
export const unreadablePosition = (): StatusObject => refusal(status.UNKNOWN, 'Unexpected ReadAllResult: Error');

export const timedOut = (): StatusObject => refusal(status.ABORTED, 'Operation timed out: Commit phase timeout.');

export const notOffered = (): StatusObject => refusal(status.UNIMPLEMENTED, 'The method is not implemented.');

/** The refusal that a fault asks for; `undefined` for those that are no refusals. */
export function refusalOf(fault: Fault | undefined, leader: Leader): StatusObject | undefined {
  switch (fault) {
    case 'not-leader':
      return notLeader(leader);
    case 'not-ready':
      return refusal(status.UNAVAILABLE, 'Server Is Not Ready');
    case 'internal':
      return refusal(status.INTERNAL, 'Received RST_STREAM with code 2');
    case 'denied':
      return accessDenied();
    default:
      return undefined;
  }
}

function refusal(code: status, details: string, entries: Readonly<Record<string, string>> = {}): StatusObject {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(entries)) metadata.set(key, value);
  return { code, details, metadata };
}
