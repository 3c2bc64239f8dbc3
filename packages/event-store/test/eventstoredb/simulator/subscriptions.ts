import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';

import type { LogEvent, SimulatedLog } from './log.ts';
import { caughtUpAnswer, checkpointAnswer, confirmationAnswer, eventAnswer, fellBehindAnswer } from './messages.ts';
import { drained, type ReadCall } from './read-calls.ts';

/** How many events a subscription without a search window looks at for a checkpoint. */
const defaultWindow = 32;

interface Subscription {
  readonly call: ReadCall;
  /** Which of the log's events is looked at next. */
  next: number;
  behind: boolean;
  wake: () => void;
}

/**
 * The subscriptions to `$all` that are open: EventStore.Core/Services/Transport/Enumerators, AllSubscriptionFiltered.cs.
 */
export interface Subscriptions {
  start(call: ReadCall, asked: ReadReq.Options, position: number | undefined): void;
  /** How many are open. */
  count(): number;
  /** Sends the last so many events again to all of them, as a server does that reads and pushes at once. */
  repeat(events: number): void;
  /** Tells all of them that they fell behind, as a server does whose client takes too slowly what is pushed; then catches up. */
  fallBehind(): void;
  /** How many events were sent to any of them. */
  sent(): number;
}

export function createSubscriptions(log: SimulatedLog): Subscriptions {
  const open = new Set<Subscription>();
  let sent = 0;

  async function write(call: ReadCall, response: ReadResp): Promise<void> {
    if (!call.write(response)) await drained(call);
  }

  async function run(subscription: Subscription, passes: (event: LogEvent) => boolean, every: number): Promise<void> {
    const { call } = subscription;
    let considered = 0;
    await write(call, confirmationAnswer());
    while (!call.cancelled) {
      const event = log.events[subscription.next];
      if (event !== undefined) {
        subscription.next += 1;
        considered += 1;
        // The end of the log instead of what was looked at, and before the event: the worst that was seen of checkpoints.
        // https://github.com/kurrent-io/KurrentDB/pull/4990
        if (considered % every === 0) await write(call, checkpointAnswer(log.events.at(-1)?.position ?? 0));
        if (passes(event)) {
          sent += 1;
          await write(call, eventAnswer(event));
        }
        continue;
      }
      if (subscription.behind) {
        subscription.behind = false;
        await write(call, caughtUpAnswer());
        continue;
      }
      await new Promise<void>((resolve) => {
        subscription.wake = resolve;
      });
    }
  }

  return {
    start(call, asked, position) {
      // It begins after the event that a read from the position gives first (Subscribe, "ReadAllEventsForward(…, 1)").
      const first = log.events.findIndex((event) => event.position >= (position ?? 0));
      const at = first === -1 ? log.events.length : first;
      const subscription: Subscription = {
        call,
        next: position === undefined ? at : at + 1,
        behind: true,
        wake: () => undefined,
      };
      open.add(subscription);
      const end = log.onChange(() => subscription.wake());
      const gone = (): void => {
        open.delete(subscription);
        end();
        subscription.wake();
      };
      call.once('cancelled', gone);
      call.once('close', gone);
      const filter = asked.getFilter();
      const window = filter?.hasMax() === true ? filter.getMax() : defaultWindow;
      void run(subscription, filterOf(filter), window * (filter?.getCheckpointintervalmultiplier() ?? 1)).finally(gone);
    },
    count: () => open.size,
    repeat(events) {
      for (const subscription of open) {
        subscription.next = Math.max(0, subscription.next - events);
        subscription.wake();
      }
    },
    fallBehind() {
      for (const subscription of open) {
        subscription.call.write(fellBehindAnswer());
        subscription.behind = true;
        subscription.wake();
      }
    },
    sent: () => sent,
  };
}

/** EventStore.Core/Services/Storage/ReaderIndex/EventFilter.cs: the name of the stream, by a regular expression or prefixes. */
function filterOf(filter: ReadReq.Options.FilterOptions | undefined): (event: LogEvent) => boolean {
  const expression = filter?.getStreamIdentifier();
  if (expression === undefined) return () => true;
  const regex = expression.getRegex();
  if (regex !== '') return ({ stream }) => new RegExp(regex, 'u').test(stream);
  const prefixes = expression.getPrefixList();
  return ({ stream }) => prefixes.some((prefix) => stream.startsWith(prefix));
}
