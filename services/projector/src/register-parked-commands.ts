import { postRetry, postSkip, ProblemError } from '@stance/contracts';
import type { SkipInput } from '@stance/contracts';
import { createEventIds } from '@stance/event-store';
import type { EventMetadata, EventStore } from '@stance/event-store';
import { registerEndpoint } from '@stance/http';
import type { HandlerInput, HttpApp } from '@stance/http';
import { ProjectionError } from '@stance/projection';

import { ProjectorError } from './errors.ts';
import type { ParkedAnswer } from './messages.ts';
import type { Projector } from './projector.ts';
import { requireProjection } from './require-projection.ts';
import { createSkipRecorder } from './skip-event.ts';

export interface ParkedCommandsOptions {
  readonly projector: Pick<Projector, 'ask' | 'whenPassed'>;
  readonly eventStore: Pick<EventStore, 'append' | 'readStream'>;
}

/** How long a skip waits until the read model has it, in milliseconds: it is recorded, and takes effect, anyway. */
const longestWait = 10_000;

const problemOf = (error: unknown): unknown => {
  if (!(error instanceof ProjectorError)) return error;
  if (error.code === 'projector-not-at-work' || error.code === 'projector-stopped') {
    return new ProblemError('projector-not-at-work', { detail: `${error.message}.`, headers: { 'Retry-After': '1' } });
  }
  return new ProblemError('read-model-unavailable', { detail: `${error.message}.`, cause: error });
};

const notParked = (detail: string): ProblemError => new ProblemError('not-parked', { detail });

const metadataOf = ({
  correlationId,
  traceparent,
  identity,
}: Pick<HandlerInput<unknown, unknown, unknown>, 'correlationId' | 'traceparent' | 'identity'>): EventMetadata => ({
  correlationId,
  ...(traceparent === null ? {} : { traceparent }),
  ...(identity.name === null ? {} : { recordedBy: identity.name }),
});

/** @throws ProblemError `invalid-input` */
const checkWholeStream = (stream: string, { revision, wholeStream = false }: SkipInput): void => {
  const refuse = (message: string): never => {
    throw new ProblemError('invalid-input', {
      detail: `The input is not valid: wholeStream: ${message}`,
      errors: [{ path: 'wholeStream', message }],
    });
  };
  if (wholeStream && (revision !== 0 || stream === 'registry')) {
    refuse('a stream is skipped as a whole by its first event, revision 0; the registry never is');
  }
  if (!wholeStream && revision === 0 && stream.startsWith('statement-')) {
    refuse(
      'has to be true: without its first event none of the later ones of a statement says anything, so that all of them are skipped with it',
    );
  }
};

/** Adds the commands about parked events to the app of whoever has the projector. */
export const registerParkedCommands = (app: HttpApp, { projector, eventStore }: ParkedCommandsOptions): void => {
  const recorder = createSkipRecorder(eventStore, createEventIds());
  /** One command at a time: what one looked at shall be so when it acts. */
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = before.then(work, work);
    before = mine;
    return mine;
  };
  const ask = async (kind: 'retry' | 'look', stream: string): Promise<ParkedAnswer> => {
    try {
      return await projector.ask({ kind, stream });
    } catch (error) {
      throw problemOf(error);
    }
  };

  registerEndpoint(app, postRetry, async ({ params: { name, stream } }) => {
    requireProjection(name);
    const { retried, first } = await inTurn(() => ask('retry', stream));
    if (retried === null) throw notParked(`Nothing of ${stream} is parked.`);
    const reason = first === null ? {} : { reason: { code: first.code, message: first.message } };
    return { status: 200, body: { stream, ...retried, ...reason } };
  });

  registerEndpoint(app, postSkip, async (input) => {
    const { name, stream } = input.params;
    requireProjection(name);
    checkWholeStream(stream, input.body);
    const { revision, wholeStream = false, reason } = input.body;
    const recorded = await inTurn(async () => {
      const { first } = await ask('look', stream);
      if (first?.revision !== revision) {
        const position = await recorder.find({ stream, revision });
        if (position !== null) return { position, outcome: 'duplicate' as const };
        throw notParked(
          first === null
            ? `Nothing of ${stream} is parked.`
            : `Of ${stream} revision ${String(first.revision)} is what could not be handled, not ${String(revision)}.`,
        );
      }
      const { eventId } = first;
      const skip = { stream, revision, eventId, ...(wholeStream ? { wholeStream } : {}), reason };
      const written = await recorder.record(skip, metadataOf(input));
      try {
        await projector.whenPassed(written.position, { timeout: longestWait });
      } catch (error) {
        // It is recorded, and will be met.
        if (!(error instanceof ProjectionError) && !(error instanceof ProjectorError)) throw error;
      }
      return written;
    });
    return { status: 200, body: { stream, revision, ...recorded } };
  });
};
