import type { handleClientStreamingCall, StatusObject } from '@grpc/grpc-js';
import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js';

import type { Faults } from './faults.ts';
import type { ProposedEvent, SimulatedLog } from './log.ts';
import { appendAnswer, nameOf, toProposed } from './messages.ts';
import { accessDenied, maxAppendSizeExceeded, refusalOf, streamDeleted, timedOut, type Leader } from './refusals.ts';

export interface AppendCallsOptions {
  readonly log: SimulatedLog;
  readonly faults: Faults;
  readonly leader: () => Leader;
  readonly dropConnections: () => void;
  /** Told which client asks: each has a name of its own. */
  readonly onClient: (name: string) => void;
  /** Bytes of data a request may have (option MaxAppendSize: 1 MiB if not set). */
  readonly maxAppendSize: number;
}

/** The call `Append`: EventStore.Core/Services/Transport/Grpc/Streams.Append.cs. */
export function createAppendCalls(options: AppendCallsOptions): handleClientStreamingCall<AppendReq, AppendResp> {
  const { log, faults, leader, dropConnections, onClient, maxAppendSize } = options;

  return (call, answer) => {
    onClient(String(call.metadata.get('connection-name')[0]));
    let stream = '';
    let expected = -1;
    let size = 0;
    const proposed: ProposedEvent[] = [];

    const refuse = (refusal: StatusObject): void => answer({ ...refusal, name: 'refused', message: refusal.details });

    const decide = (): void => {
      const fault = faults.take('append');
      const refusal = refusalOf(fault, leader());
      if (refusal !== undefined) return refuse(refusal);
      if (fault === 'drop-before') return dropConnections();
      if (fault === 'silent-before') return;
      // Names that start with $ are for administrators (docs: security, "Default ACL").
      if (stream.startsWith('$')) return refuse(accessDenied());
      if (size > maxAppendSize) return refuse(maxAppendSizeExceeded(maxAppendSize));
      const decision = log.append(stream, expected, proposed);
      if (decision.kind === 'deleted') return refuse(streamDeleted(stream));
      if (fault === 'drop-after') return dropConnections();
      if (fault === 'silent-after') return;
      if (fault === 'timeout-after') return refuse(timedOut());
      answer(null, appendAnswer(decision, expected));
    };

    call.on('data', (request: AppendReq) => {
      const options = request.getOptions();
      const message = request.getProposedMessage();
      if (options !== undefined) {
        stream = nameOf(options.getStreamIdentifier());
        expected = options.hasNoStream() ? -1 : Number(options.getRevision());
      }
      if (message !== undefined) {
        const event = toProposed(message);
        size += event.data.length;
        proposed.push(event);
      }
    });
    call.on('end', decide);
    call.on('error', () => undefined);
  };
}
