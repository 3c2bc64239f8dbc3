import type { JoinGroup, MemberListener } from '@stance/distribution';
import type { MemoryGroup } from '@stance/distribution/memory';

import type { Life } from '../life.ts';
import type { Choice, Scheduler } from '../scheduler.ts';

/** The consumer group, with processes as members: who is dead or stopped hears nothing, and the group takes time to notice. */
export interface Group {
  joinAs(life: Life): JoinGroup;
  /** What can be delivered next. */
  deliveries(): readonly Choice[];
  /** Gives the partitions to one of those that run, or the same one anew. */
  rebalance(): Choice | null;
  /** Tells one that takes itself for the active one that it is not. */
  tellZombie(): Choice | null;
  /** Whether what stands in the topic has all been delivered, and nobody takes himself for the active one who is not. */
  isSettled(): boolean;
}

interface Joined {
  readonly life: Life;
  readonly number: number;
  /** What it has not been told yet. */
  readonly untold: (() => void)[];
}

/** In milliseconds: how long a group may wait for a member that is gone without a word. */
const longestSession = 10_000;
const recordsAtOnce = 5;

export const createGroup = (group: MemoryGroup, scheduler: Scheduler): Group => {
  const joined = new Map<number, Joined>();
  const { random } = scheduler;

  const memberOf = (life: Life, number: number): Joined => ({ life, number, untold: [] });

  const tell = (member: Joined, what: string, call: () => void): void => {
    const { life, untold } = member;
    if (life.isRunning() && untold.length === 0) return call();
    untold.push(call);
    if (untold.length > 1) return;
    life.hear(what, () => {
      for (const one of untold.splice(0)) one();
    });
  };

  const listening = (member: Joined, listener: MemberListener): MemberListener => ({
    onActive: (assignment) => tell(member, 'is the active member', () => listener.onActive(assignment)),
    onStandby: () => tell(member, 'stands by', () => listener.onStandby()),
    onRecords: (batch) => listener.onRecords(batch),
    onFault: (fault) => tell(member, 'hears of a fault', () => listener.onFault(fault)),
  });

  const hears = (number: number): boolean => {
    const member = joined.get(number);
    return member !== undefined && member.life.isRunning() && member.untold.length === 0;
  };

  const leave = (member: Joined): void => {
    joined.delete(member.number);
    group.kill(member.number);
  };

  const miss = (member: Joined): void => {
    const due = scheduler.time() + random.integer(longestSession);
    const what = `the group misses ${member.life.name}`;
    scheduler.add({ kind: 'effect', what, of: null, due, go: () => leave(member) });
  };

  let numbers = 0;

  return {
    joinAs: (life) => async (listener) => {
      const { joining, handle } = await life.ask('joins the group', async () => {
        const joining = memberOf(life, numbers);
        numbers += 1;
        joined.set(joining.number, joining);
        // Who dies before it hears that it has joined is missed, too.
        life.onEnd(() => miss(joining));
        return { joining, handle: await group.join(listening(joining, listener)) };
      });
      return {
        resume: (partition) => handle.resume(partition),
        handled: (partition, offset) => handle.handled(partition, offset),
        close: () => life.ask('leaves the group', () => leave(joining)),
      };
    },
    deliveries: () =>
      group
        .deliveries()
        .filter(({ member }) => hears(member))
        .map(({ member, partition }) => ({
          what: `${joined.get(member)?.life.name ?? ''} is given records of partition ${String(partition)}`,
          go: () => {
            const most = scheduler.isCalm() ? undefined : 1 + random.integer(recordsAtOnce);
            group.deliver({ member, partition }, most);
          },
        })),
    rebalance() {
      const able = [...joined.values()].filter(({ number }) => hears(number));
      const next = able[random.integer(able.length)];
      if (next === undefined) return null;
      const untold = random.integer(2) === 0;
      return {
        what: `${next.life.name} gets the partitions${untold ? ', and nobody tells the one before' : ''}`,
        go: () => group.activate(next.number, { untold }),
      };
    },
    tellZombie() {
      const zombie = group.members().find(({ role, member }) => role === 'zombie' && joined.has(member));
      return zombie === undefined
        ? null
        : { what: `zombie ${String(zombie.member)} is told`, go: () => group.tell(zombie.member) };
    },
    isSettled: () => group.deliveries().length === 0 && group.members().every(({ role }) => role !== 'zombie'),
  };
};
