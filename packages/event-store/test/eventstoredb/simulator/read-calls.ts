import type { handleServerStreamingCall, ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';

import type { Faults } from './faults.ts';
import type { LogEvent, SimulatedLog } from './log.ts';
import { eventAnswer, nameOf, streamNotFoundAnswer } from './messages.ts';
import { refusalOf, streamDeleted, unreadablePosition, type Leader } from './refusals.ts';
import type { Subscriptions } from './subscriptions.ts';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

export interface ReadCallsOptions {
  readonly log: SimulatedLog;
  readonly faults: Faults;
  readonly leader: () => Leader;
  readonly dropConnections: () => void;
  readonly subscriptions: Subscriptions;
}

/** The call `Read`: EventStore.Core/Services/Transport/Grpc/Streams.Read.cs. Subscriptions are reads without an end. */
export function createReadCalls(options: ReadCallsOptions): handleServerStreamingCall<ReadReq, ReadResp> {
  const { log, faults, leader, dropConnections, subscriptions } = options;

  return (call) => {
    call.on('error', () => undefined);
    const asked = call.request.getOptions();
    if (asked === undefined) return call.end();
    const subscribes = asked.hasSubscription();
    const fault = faults.take(subscribes ? 'subscribe' : 'read');
    const refusal = refusalOf(fault, leader());
    if (refusal !== undefined) return void call.emit('error', refusal);
    if (fault === 'drop-before') return dropConnections();
    if (fault === 'silent-before') return;

    const stream = asked.getStream();
    const from = asked.getAll()?.getPosition()?.getCommitPosition();
    const position = from === undefined ? undefined : Number(from);
    if (position !== undefined && !isReadable(log, position)) return void call.emit('error', unreadablePosition());
    if (subscribes) return subscriptions.start(call, asked, position);

    const count = Number(asked.getCount());
    if (stream !== undefined) {
      const name = nameOf(stream.getStreamIdentifier());
      if (log.isDeleted(name)) return void call.emit('error', streamDeleted(name));
      if (log.stream(name).length === 0) call.write(streamNotFoundAnswer(name));
      const first = stream.hasRevision() ? Number(stream.getRevision()) : 0;
      return void send(
        call,
        log.stream(name).slice(first, first + count),
        fault === 'drop-after' ? dropConnections : undefined,
      );
    }
    void send(call, pickFromAll(log, asked, position, count), fault === 'drop-after' ? dropConnections : undefined);
  };
}

/** Forwards a position is inclusive, backwards exclusive (AllReader.cs: "pre-positions", "post-positions"). */
function pickFromAll(log: SimulatedLog, asked: ReadReq.Options, position: number | undefined, count: number) {
  const backwards = asked.getReadDirection().valueOf() === 1;
  if (!backwards) return log.events.filter((event) => event.position >= (position ?? 0)).slice(0, count);
  const before = log.events.filter((event) => event.position < (position ?? Number.POSITIVE_INFINITY));
  return before.toReversed().slice(0, count);
}

/** Whether a record begins there, or the log has ended before. */
function isReadable(log: SimulatedLog, position: number): boolean {
  return position > (log.events.at(-1)?.position ?? 0) || log.events.some((event) => event.position === position);
}

/** @param breakOff called in the middle, instead of the rest. */
async function send(call: ReadCall, events: readonly LogEvent[], breakOff?: () => void): Promise<void> {
  for (const [index, event] of events.entries()) {
    if (call.cancelled) return;
    if (breakOff !== undefined && index >= events.length / 2) return breakOff();
    if (!call.write(eventAnswer(event))) await drained(call);
  }
  call.end();
}

/** Waits until the client has taken what was written, or has gone. */
export function drained(call: ReadCall): Promise<void> {
  const ends = ['drain', 'cancelled', 'close'];
  return new Promise((resolve) => {
    const end = (): void => {
      for (const name of ends) call.off(name, end);
      resolve();
    };
    for (const name of ends) call.on(name, end);
    if (call.cancelled || call.destroyed) end();
  });
}
