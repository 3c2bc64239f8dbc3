import type { AppendReq, AppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';

import { shared, streams } from './generated.ts';
import type { AppendDecision, LogEvent, ProposedEvent } from './log.ts';

export function toProposed(message: AppendReq.ProposedMessage): ProposedEvent {
  const properties = message.getMetadataMap();
  return {
    id: message.getId()?.getString() ?? '',
    type: properties.get('type') ?? '',
    contentType: properties.get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** An answer to an append, as Streams.Append.cs gives it. */
export function appendAnswer(decision: Exclude<AppendDecision, { kind: 'deleted' }>, expected: number): AppendResp {
  const response = new streams.AppendResp();
  if (decision.kind === 'committed') {
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(decision.position)).setPreparePosition(String(decision.position));
    const success = new streams.AppendResp.Success();
    success.setCurrentRevision(String(decision.revision));
    success.setPosition(position);
    return response.setSuccess(success);
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (decision.current === -1) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(decision.current));
  if (expected === -1) wrong.setExpectedNoStream(new shared.Empty());
  else wrong.setExpectedRevision(String(expected));
  return response.setWrongExpectedVersion(wrong);
}

/** An event, as ConvertToReadEvent of Streams.Read.cs gives it. */
export function eventAnswer(event: LogEvent): ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(new shared.UUID().setString(event.id));
  recorded.setStreamIdentifier(identifier(event.stream));
  recorded.setStreamRevision(String(event.revision));
  // With reads of a stream too, since 22.6: https://github.com/kurrent-io/KurrentDB/pull/3459
  recorded.setCommitPosition(String(event.position)).setPreparePosition(String(event.position));
  const properties = recorded.getMetadataMap();
  properties.set('type', event.type);
  properties.set('content-type', event.contentType);
  properties.set('created', String(BigInt(event.created) * 10_000n));
  recorded.setData(event.data);
  recorded.setCustomMetadata(event.metadata);
  const resolved = new streams.ReadResp.ReadEvent();
  resolved.setEvent(recorded);
  resolved.setCommitPosition(String(event.position));
  return new streams.ReadResp().setEvent(resolved);
}

export function streamNotFoundAnswer(stream: string): ReadResp {
  const missing = new streams.ReadResp.StreamNotFound();
  return new streams.ReadResp().setStreamNotFound(missing.setStreamIdentifier(identifier(stream)));
}

export function confirmationAnswer(): ReadResp {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  return new streams.ReadResp().setConfirmation(confirmation.setSubscriptionId(crypto.randomUUID()));
}

/** The prepare position is 0, as some versions send it: https://github.com/kurrent-io/KurrentDB/issues/3989 */
export function checkpointAnswer(position: number): ReadResp {
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(position)).setPreparePosition('0');
  return new streams.ReadResp().setCheckpoint(checkpoint);
}

export const caughtUpAnswer = (): ReadResp => new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());

export const fellBehindAnswer = (): ReadResp => new streams.ReadResp().setFellBehind(new streams.ReadResp.FellBehind());

export function nameOf(stream: { getStreamName_asU8(): Uint8Array } | undefined): string {
  return Buffer.from(stream?.getStreamName_asU8() ?? []).toString('utf8');
}

function identifier(stream: string) {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8'));
}
