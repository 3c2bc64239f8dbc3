import type { BrokerLocation, EventStoreLocation, ReadModelLocation } from '@stance/config';
import type { Retried } from '@stance/projection';

import type { VersionAnswers, VersionCommand, VersionStatus } from './versions/version-command.ts';

/** How far the projection and the feed have come. */
export interface Progress {
  /** What the read model has passed, and the stamp of that event in milliseconds since the epoch. */
  readonly position: number;
  readonly recordedAt: number;
  /** The last position of the log. */
  readonly head: number;
  /** How many events lie between the two, where that is known. */
  readonly lag: number | null;
  readonly parkedStreams: number;
  /** The last entry of the feed, and up to which position of the log it says what the read model has. */
  readonly feedHead: number;
  readonly feedPosition: number;
  /** Whether there was nothing more to read. */
  readonly caughtUp: boolean;
}

/** A failure that can pass a thread. */
export interface Fault {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

export interface WorkerOptions {
  readonly eventStore: EventStoreLocation;
  readonly readModel: ReadModelLocation;
  readonly feedStore: ReadModelLocation;
  readonly broker: BrokerLocation | null;
  /** Whether it waits where another one publishes to the feed, rather than fail. */
  readonly standsBy: boolean;
}

/** About a parked stream: to handle its events again, or only to look at it. */
export interface ParkedCommand {
  readonly kind: 'retry' | 'look';
  readonly stream: string;
}

export type ProjectionCommand = ParkedCommand | VersionCommand;

/** What comes of a command, by its kind. */
export type AnswerTo<Command extends ProjectionCommand> = Command extends VersionCommand
  ? VersionAnswers[Command['kind']]
  : ParkedAnswer;

export interface CommandRequest {
  readonly id: number;
  readonly command: ProjectionCommand;
}

export interface ParkedAnswer {
  /** What came of a retry; `null` where the stream was not parked, or was only looked at. */
  readonly retried: Retried | null;
  /** The first event of the stream that is parked by now. */
  readonly first: {
    readonly revision: number;
    readonly eventId: string;
    readonly code: string;
    readonly message: string;
  } | null;
}

export type CommandAnswer = AnswerTo<ProjectionCommand>;

export type ToWorker =
  | ({ readonly kind: 'command' } & CommandRequest)
  | { readonly kind: 'head'; readonly position: number }
  /** Finish the batch at hand, release everything and end. */
  | { readonly kind: 'stop' };

export type FromWorker =
  /** Another one projects; this one would, if that ends. */
  | { readonly kind: 'standing-by' }
  | { readonly kind: 'ready'; readonly progress: Progress }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'versions'; readonly versions: readonly VersionStatus[] }
  /** What is wrong with the way that events come by; `null` once all is well. */
  | { readonly kind: 'source'; readonly fault: Fault | null }
  /** Trying again after a while. */
  | { readonly kind: 'retrying'; readonly fault: Fault; readonly delay: number }
  | { readonly kind: 'answered'; readonly id: number; readonly answer: CommandAnswer }
  /** A command could not be carried out. */
  | { readonly kind: 'refused'; readonly id: number; readonly fault: Fault }
  /** The thread ends because of it. */
  | { readonly kind: 'failed'; readonly fault: Fault };

export const faultOf = (error: unknown): Fault => ({
  name: error instanceof Error ? error.name : 'Error',
  code: error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'projector-failed',
  message: error instanceof Error ? error.message : String(error),
  retryable: error instanceof Error && 'retryable' in error && error.retryable === true,
});
