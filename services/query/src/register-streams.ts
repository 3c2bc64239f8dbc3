import type { HttpApp } from '@stance/http';
import { registerGauges } from '@stance/service';

import { registerChangesStream } from './calls/changes-stream.ts';
import { registerStatementsStream } from './calls/statements-stream.ts';
import { machineClock } from './following/clock.ts';
import { createFollowing } from './following/following.ts';
import type { Following, FollowingOptions } from './following/following.ts';
import { createPublishedChanges } from './following/published-changes.ts';
import { createRecordedStatements } from './following/recorded-statements.ts';
import type { StreamEntry } from './following/stream-source.ts';
import type { QueryOptions } from './query-options.ts';
import type { QueryService } from './service.ts';

const defaultHeartbeatMs = 15_000;
/** Where somebody says that there is more, that is only looked at for safety. */
const pollToldMs = 1000;
const pollUntoldMs = 100;

const addGauges = (app: HttpApp, what: 'changes' | 'statements', following: Following<never>): void => {
  registerGauges(app.kit.registry, [
    {
      name: `stance_${what}_stream_readers`,
      help: `How many follow the stream of ${what}.`,
      read: () => following.counts().readers,
    },
    {
      name: `stance_${what}_stream_events`,
      help: `How many events were sent to those who follow the stream of ${what}, since the start.`,
      read: () => following.counts().events,
    },
    {
      name: `stance_${what}_stream_dropped`,
      help: `How many who followed the stream of ${what} were dropped because they did not take what was sent.`,
      read: () => following.counts().dropped,
    },
  ]);
};

/** Adds the calls whose answers never end. */
export const registerStreams = (app: HttpApp, service: QueryService, options: QueryOptions): void => {
  const { readModel } = service;
  const {
    feed,
    progress,
    logger,
    onNews,
    heartbeatMs = defaultHeartbeatMs,
    streamClock: clock = machineClock,
  } = options;
  const common = { clock, logger, heartbeatMs, pollMs: onNews === undefined ? pollUntoldMs : pollToldMs };

  const start = <Entry extends StreamEntry>(
    what: 'changes' | 'statements',
    source: FollowingOptions<Entry>['source'],
  ): Following<Entry> => {
    const following = createFollowing({ ...common, source });
    addGauges(app, what, following);
    const unsubscribe = onNews?.(following.notify);
    app.kit.stopping.addEventListener('abort', () => {
      unsubscribe?.();
      following.stop();
    });
    return following;
  };

  registerChangesStream(app, service, start('changes', createPublishedChanges(feed, readModel)));
  registerStatementsStream(app, service, start('statements', createRecordedStatements(readModel, progress)));
};
