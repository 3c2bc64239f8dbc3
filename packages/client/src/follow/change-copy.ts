import type { ChangeAnswer, ProjectionStatus } from '../contract/answer.ts';

import { abortedBy } from '../call/failure.ts';
import { delay } from '../call/retry.ts';
import type { CallOptions } from '../call/write.ts';
import { ClientError } from '../client-error.ts';
import type { Service } from '../resource/service.ts';
import type { ChangeEvent } from './event.ts';
import { hasReached } from './stream-place.ts';

/** A copy of the set of changes that is kept up to date. */
export interface ChangeCopy {
  /** By id. Always the whole set of some moment: empty until it was told once, and never half of a new one. */
  readonly changes: ReadonlyMap<string, ChangeAnswer>;
  /** The event after which it goes on; `undefined`: there was none yet. */
  readonly id: string | undefined;
  /** Resolves when the copy has what follows from all that was recorded up to this position. */
  whenPassed(position: number, options?: CallOptions): Promise<void>;
  /** Resolves when the copy has what follows from all that was recorded before this was called. */
  whenCaughtUp(options?: CallOptions): Promise<void>;
  /** Resolves when it is kept up to date no more: it was stopped, or its signal was aborted. Rejects where it had to give up. */
  readonly ended: Promise<void>;
  /** Resolves when it has ended, however that was. */
  stop(): Promise<void>;
}

export interface ChangeCopyParts {
  readonly service: Service;
  /** The events after one; `0`: from the beginning. */
  readonly events: (after: string, signal: AbortSignal) => AsyncIterable<ChangeEvent>;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: ((event: ChangeEvent) => void) | undefined;
}

/** How often the service is asked where it cannot be told to wait, in milliseconds. */
const look = 50;

export const createChangeCopy = (parts: ChangeCopyParts): ChangeCopy => {
  const { service, events, onEvent } = parts;
  const changes = new Map<string, ChangeAnswer>();
  /** The set that is being told, where it is not whole yet. */
  let coming: Map<string, ChangeAnswer> | undefined = new Map();
  let id: string | undefined;
  const waiting = new Set<() => void>();
  const stopping = new AbortController();
  const until = parts.signal === undefined ? stopping.signal : AbortSignal.any([parts.signal, stopping.signal]);

  const apply = (event: ChangeEvent): void => {
    const target = coming ?? changes;
    switch (event.type) {
      case 'StanceChangeDetected':
      case 'StanceChangeRevised':
        target.set(event.change.id, event.change);
        break;
      case 'StanceChangeRemoved':
        target.delete(event.change.id);
        break;
      case 'reset':
        coming = new Map();
        break;
      case 'position':
        if (coming === undefined) break;
        changes.clear();
        for (const [key, change] of coming) changes.set(key, change);
        coming = undefined;
    }
  };

  const keep = async (): Promise<void> => {
    for await (const event of events('0', until)) {
      apply(event);
      id = event.id;
      onEvent?.(event);
      for (const wake of waiting) wake();
    }
  };
  let over: { readonly error: ClientError } | undefined;
  const ended = keep().then(
    () => {
      over = { error: until.aborted ? abortedBy(until) : new ClientError('aborted', 'The copy has ended') };
      for (const wake of waiting) wake();
    },
    (error: unknown) => {
      over = { error: error as ClientError };
      for (const wake of waiting) wake();
      throw error;
    },
  );
  // Who never looks at the end is told by the awaiters.
  ended.catch(() => undefined);

  /** @throws ClientError `aborted`, or what ended the copy */
  const when = (isSo: () => boolean, signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        waiting.delete(check);
        signal?.removeEventListener('abort', check);
        finish();
      };
      const check = (): void => {
        if (isSo()) settle(resolve);
        else if (over !== undefined) {
          const { error } = over;
          settle(() => reject(error));
        } else if (signal?.aborted === true) settle(() => reject(abortedBy(signal)));
      };
      waiting.add(check);
      signal?.addEventListener('abort', check);
      check();
    });

  /** The last event that the copy has not had; none where it has all that was published. */
  const lastMissing = async (signal: AbortSignal): Promise<string | undefined> => {
    let last: string | undefined;
    for await (const event of events(id ?? '0', signal)) {
      if (event.type === 'position') return last;
      last = event.id;
    }
    throw abortedBy(signal);
  };

  const whenPublished = async (
    isPublished: (projection: ProjectionStatus) => boolean,
    options: CallOptions = {},
  ): Promise<void> => {
    const signal = options.signal === undefined ? until : AbortSignal.any([until, options.signal]);
    for (;;) {
      const { items } = await service.projections({ signal });
      if (items.every(isPublished)) break;
      await delay(look, signal);
    }
    await when(() => coming === undefined, options.signal);
    const last = await lastMissing(signal);
    if (last !== undefined)
      await when(() => coming === undefined && id !== undefined && hasReached(id, last), options.signal);
  };

  return {
    changes,
    get id() {
      return id;
    },
    whenPassed: (least, options) =>
      whenPublished(({ position, published }) => (published ?? position) >= least, options),
    whenCaughtUp: (options) =>
      whenPublished(({ position, published, lag }) => lag.events === 0 && (published ?? position) >= position, options),
    ended,
    stop: async () => {
      stopping.abort();
      await ended.catch(() => undefined);
    },
  };
};
