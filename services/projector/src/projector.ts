import type { BrokerLocation, EventStoreLocation, ReadModelLocation } from '@stance/config';
import type { WaitOptions } from '@stance/event-store';
import { createProjectionWaiters } from '@stance/projection';
import { createLag } from '@stance/service';
import { countsPositions } from '@stance/stores';

import { ProjectorError } from './errors.ts';
import type { AnswerTo, Fault, ParkedAnswer, ParkedCommand, ProjectionCommand, Progress } from './messages.ts';
import type { VersionAnswers, VersionCommand, VersionStatus } from './versions/version-command.ts';
import { errorOf, notAtWork, startWorkerThread } from './worker-thread.ts';
import type { WorkerThread } from './worker-thread.ts';

/** The part of a pino logger that the projector uses. */
export interface ProjectorLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ProjectorOptions {
  readonly eventStore: EventStoreLocation;
  readonly readModel: ReadModelLocation;
  readonly feedStore: ReadModelLocation;
  /** `null`: it follows the event store directly. */
  readonly broker: BrokerLocation | null;
  /** Whether it waits where another projector is at work, to take over from it; it fails there, if left out. */
  readonly standsBy?: boolean;
  readonly logger: ProjectorLogger;
  readonly onProgress?: (status: ProjectorStatus) => void;
}

export type ProjectorState = 'standing-by' | 'catching-up' | 'following' | 'restarting' | 'failed' | 'stopped';

export interface ProjectorStatus {
  readonly state: ProjectorState;
  /** Whether it has passed where the log ended when it was its turn first: until then answers may be far behind. */
  readonly hasCaughtUp: boolean;
  /** The position that the read model has passed, and the stamp of that event (ms since the epoch). */
  readonly position: number;
  readonly recordedAt: number;
  /** The last position of the log that the projector has heard of. */
  readonly head: number;
  /** `null` where it is not known how many events lie between the two. */
  readonly lagEvents: number | null;
  /** For how long it has been behind, at most; 0 where it is not. */
  readonly lagSeconds: number;
  readonly parkedStreams: number;
  /** The last entry of the feed, and up to which position of the log it says what the read model has. */
  readonly feedHead: number;
  readonly feedPosition: number;
  /** How often the thread had to be started again. */
  readonly restarts: number;
  /** The versions of the read model, where this one is at work or was. */
  readonly versions: readonly VersionStatus[];
  /** Why it is not following, where it is not. */
  readonly fault: { readonly code: string; readonly message: string } | null;
}

export interface Projector {
  status(): ProjectorStatus;
  /** Says that the log has grown: cheaper and sooner than finding out. */
  notifyHead(position: number): void;
  /**
   * Has a command about parked events carried out, between two pages.
   *
   * @throws ProjectorError `projector-not-at-work` (retryable) where this one does not project, or with the code of the
   *   ReadModelError or EventStoreError that kept it from that: then nothing was done, or it may be done again.
   */
  ask(command: ParkedCommand): Promise<ParkedAnswer>;
  /**
   * The same of a command about versions of the read model.
   *
   * @throws ProjectorError as `ask` does; `rebuild-under-way`, `version-unknown`, `version-refused` or `version-conflict`.
   */
  askVersions<Command extends VersionCommand>(command: Command): Promise<VersionAnswers[Command['kind']]>;
  /**
   * Resolves once the read model has passed a position.
   *
   * @throws ProjectionError `not-caught-up` when `timeout` (ms) is over; the signal's reason; ProjectorError
   *   `projector-stopped`.
   */
  whenPassed(position: number, options?: WaitOptions): Promise<void>;
  /** The same for the last position of the log that it has heard of. @throws as `whenPassed` does. */
  whenCaughtUp(options?: WaitOptions): Promise<void>;
  /** The same, once the feed says what the read model has as of that position. @throws as `whenPassed` does. */
  whenPublished(position: number, options?: WaitOptions): Promise<void>;
  /** Calls `listener` whenever the status changes; returns what ends that. */
  onProgress(listener: (status: ProjectorStatus) => void): () => void;
  /** Finishes the batch at hand, at most until `deadline` (ms, 10,000 where left out), and releases everything. */
  stop(options?: { readonly deadline?: number }): Promise<void>;
}

const shortestRestart = 100;
const longestRestart = 10_000;
const usualDeadline = 10_000;

const stopped = (): ProjectorError => new ProjectorError('projector-stopped', 'the projector was stopped');

const nowhere: Progress = {
  position: 0,
  recordedAt: 0,
  head: 0,
  lag: null,
  parkedStreams: 0,
  feedHead: 0,
  feedPosition: 0,
  caughtUp: false,
};

/**
 * Starts the projection and the publisher in a thread of their own, and resolves once they have opened their files. A
 * thread that dies later is started again, each time after a longer while, unless the file of the log was removed.
 *
 * @throws ProjectorError with the code of the ReadModelError, FeedError or EventStoreError that kept them from it.
 */
export const startProjector = async (options: ProjectorOptions): Promise<Projector> => {
  const { logger, eventStore, readModel, feedStore, broker, standsBy = false } = options;
  const countsEvents = countsPositions(eventStore);
  const waiters = createProjectionWaiters();
  const readers = createProjectionWaiters();
  const listeners = new Set<(status: ProjectorStatus) => void>();
  const started = Promise.withResolvers<void>();
  let progress = nowhere;
  const lag = createLag(0, () => progress);
  let state: ProjectorState = 'catching-up';
  let fault: Fault | null = null;
  let sourceFault: Fault | null = null;
  let restarts = 0;
  let versions: readonly VersionStatus[] = [];
  let restartDelay = shortestRestart;
  let restartTimer: NodeJS.Timeout | undefined;
  let thread: WorkerThread | null = null;
  let ready = false;
  /** Where the log ended when it was its turn first: that nothing more comes in does not say that nothing is missing. */
  let headAtFirst: number | null = null;
  let hasCaughtUp = false;

  const shownFault = (): ProjectorStatus['fault'] => {
    const shown = fault ?? sourceFault;
    return shown === null ? null : { code: shown.code, message: shown.message };
  };

  const status = (): ProjectorStatus => {
    const { head, seconds } = lag.at(progress);
    return {
      state,
      hasCaughtUp,
      position: progress.position,
      recordedAt: progress.recordedAt,
      head,
      lagEvents: countsEvents ? Math.max(0, head - progress.position) : progress.lag,
      lagSeconds: seconds,
      parkedStreams: progress.parkedStreams,
      feedHead: progress.feedHead,
      feedPosition: progress.feedPosition,
      restarts,
      versions,
      fault: shownFault(),
    };
  };

  const tell = (): void => {
    const now = status();
    for (const listener of listeners) listener(now);
  };

  const moved = (next: Progress): void => {
    // While it still has what was passed before: where that was all, it is behind from here on.
    lag.headAt(next.head);
    progress = next;
    headAtFirst ??= next.head;
    hasCaughtUp ||= next.position >= headAtFirst;
    // A thread that catches up, and then cannot publish, has got nowhere.
    if (next.caughtUp && next.feedPosition >= next.position) {
      restartDelay = shortestRestart;
      fault = null;
    }
    if (state !== 'stopped') state = next.caughtUp ? 'following' : 'catching-up';
    waiters.passed(next.position);
    readers.passed(next.feedPosition);
    tell();
  };

  const ended = (reason: Fault | null): void => {
    thread = null;
    if (state === 'stopped') return;
    fault = reason;
    // The next one begins anew, and says what it finds.
    sourceFault = null;
    if (!ready && reason !== null) {
      state = 'failed';
      started.reject(errorOf(reason));
      return;
    }
    // What may stand there next is another log, which is not to be mixed into what was made of this one.
    if (reason?.code === 'event-store-removed') {
      state = 'failed';
      logger.error({ fault: reason }, 'the projector ended: its log was removed');
      tell();
      return;
    }
    restarts += 1;
    state = 'restarting';
    logger.error({ fault: reason, delay: restartDelay }, 'the projector ended and will be started again');
    restartTimer = setTimeout(start, restartDelay);
    restartDelay = Math.min(restartDelay * 2, longestRestart);
    tell();
  };

  const start = (): void => {
    thread = startWorkerThread(
      { eventStore, readModel, feedStore, broker, standsBy },
      {
        onStandingBy() {
          ready = true;
          if (state !== 'standing-by' && state !== 'stopped') {
            state = 'standing-by';
            // What went wrong when it was its turn is another's affair now.
            fault = null;
            logger.info({}, 'another projector is at work: this one stands by');
            tell();
          }
          started.resolve();
        },
        onSource(next) {
          sourceFault = next;
          if (next !== null) logger.warn({ fault: next }, 'events do not come in by the broker as they should');
          tell();
        },
        onReady(next) {
          ready = true;
          logger.info({ position: next.position }, 'the projector follows the log');
          moved(next);
          started.resolve();
        },
        onProgress: moved,
        onVersions(next) {
          versions = next;
          tell();
        },
        onRetry(next, delay) {
          fault = next;
          logger.warn({ fault: next, delay }, 'the projector could not go on and tries again');
          tell();
        },
        onEnd: ended,
      },
    );
  };

  const ask = <Command extends ProjectionCommand>(command: Command): Promise<AnswerTo<Command>> =>
    state === 'stopped' || thread === null ? Promise.reject(notAtWork()) : thread.ask(command);

  const whenPassed = (position: number, waitOptions?: WaitOptions): Promise<void> =>
    state === 'stopped' ? Promise.reject(stopped()) : waiters.whenPassed(position, progress.position, waitOptions);

  if (options.onProgress !== undefined) listeners.add(options.onProgress);
  start();
  await started.promise;

  return {
    status,
    notifyHead(position) {
      lag.headAt(position);
      thread?.notifyHead(position);
    },
    ask,
    // By its kind the answer to a command is the one that is promised here.
    askVersions: (command) => ask<ProjectionCommand>(command) as Promise<VersionAnswers[(typeof command)['kind']]>,
    whenPassed,
    whenCaughtUp: (waitOptions) => whenPassed(status().head, waitOptions),
    whenPublished(position, waitOptions) {
      return state === 'stopped'
        ? Promise.reject(stopped())
        : readers.whenPassed(position, progress.feedPosition, waitOptions);
    },
    onProgress(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    async stop({ deadline = usualDeadline } = {}) {
      state = 'stopped';
      clearTimeout(restartTimer);
      await thread?.stop(deadline);
      for (const each of [waiters, readers]) each.abandon(stopped());
    },
  };
};
