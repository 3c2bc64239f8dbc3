import type { JoinGroup, MemberListener } from '../distribution.ts';
import type { MemoryTopic } from './topic.ts';

/** Records that a member can be given. */
export interface Delivery {
  readonly member: number;
  readonly partition: number;
  readonly records: number;
}

export interface MemoryGroup {
  readonly join: JoinGroup;
  /**
   * Those in the group by number, in the order they joined. A `zombie` takes itself for the active one, while the group has
   * another.
   */
  members(): readonly { readonly member: number; readonly role: 'active' | 'standby' | 'zombie' }[];
  /**
   * Makes a member the active one, or gives the active one its partitions anew. The one before is told, or, `untold`, goes on
   * as a zombie. What it begins with are the offsets that were called handled.
   */
  activate(member: number, options?: { readonly untold?: boolean }): void;
  /** Tells a zombie that it is one. */
  tell(member: number): void;
  /** Takes a member out without a word to it, as when its process is killed; another one takes over where it was active. */
  kill(member: number): void;
  /** What can be delivered, to zombies too. */
  deliveries(): readonly Delivery[];
  /** Gives a member the next records of a partition. */
  deliver(delivery: Pick<Delivery, 'member' | 'partition'>, atMost?: number): void;
  /** Puts the offset at which the next active member begins: `null` for the first record there is. */
  setOffset(partition: number, offset: bigint | null): void;
}

interface Joined {
  readonly listener: MemberListener;
  readonly paused: Set<number>;
  /** The offset of the next record by partition; `null` where it is not, to its own mind, the active one. */
  next: bigint[] | null;
}

export function createMemoryGroup(topic: MemoryTopic, onChange: () => void): MemoryGroup {
  const joined = new Map<number, Joined>();
  const offsets: (bigint | null)[] = Array.from({ length: topic.partitions }, () => null);
  let members = 0;
  let active: number | null = null;
  let generation = 0;

  /** As a broker does: what is not there is looked for at the beginning. */
  function within(partition: number, offset: bigint | null): bigint {
    const { first, end } = topic.bounds(partition);
    return offset === null || offset < first || offset > end ? first : offset;
  }

  function tell(number: number): void {
    const member = joined.get(number);
    if (member === undefined || member.next === null || number === active) return;
    member.next = null;
    member.listener.onStandby();
  }

  function activate(number: number, untold = false): void {
    const member = joined.get(number);
    if (member === undefined) throw new RangeError(`there is no member ${number}`);
    const before = active;
    active = number;
    generation += 1;
    if (before !== null && !untold) tell(before);
    member.paused.clear();
    member.next = offsets.map((offset, partition) => within(partition, offset));
    member.listener.onActive({ generation, partitions: topic.partitions });
  }

  function remove(number: number): void {
    joined.delete(number);
    if (active !== number) return;
    active = null;
    const [next] = joined.keys();
    if (next !== undefined) activate(next);
  }

  return {
    async join(listener) {
      const number = members;
      members += 1;
      joined.set(number, { listener, paused: new Set(), next: null });
      if (active === null) activate(number);
      onChange();
      return {
        resume(partition) {
          joined.get(number)?.paused.delete(partition);
          onChange();
        },
        handled(partition, offset) {
          if (number === active) offsets[partition] = offset;
        },
        async close() {
          remove(number);
          onChange();
        },
      };
    },
    members: () =>
      [...joined].map(([member, { next }]) => ({
        member,
        role: member === active ? 'active' : next === null ? 'standby' : 'zombie',
      })),
    activate(number, { untold = false } = {}) {
      activate(number, untold);
      onChange();
    },
    tell,
    kill(number) {
      remove(number);
      onChange();
    },
    deliveries() {
      const all: Delivery[] = [];
      for (const [member, { next, paused }] of joined) {
        for (const [partition, from] of next?.entries() ?? []) {
          const records = Number(topic.bounds(partition).end - within(partition, from));
          if (records > 0 && !paused.has(partition)) all.push({ member, partition, records });
        }
      }
      return all;
    },
    deliver({ member: number, partition }, atMost = Number.MAX_SAFE_INTEGER) {
      const member = joined.get(number);
      const from = member?.next?.[partition];
      if (member?.next == null || from === undefined) return;
      const offset = within(partition, from);
      const records = topic.read(partition, offset, atMost);
      member.next[partition] = offset + BigInt(records.length);
      if (records.length > 0 && !member.listener.onRecords({ partition, offset, records }))
        member.paused.add(partition);
    },
    setOffset(partition, offset) {
      offsets[partition] = offset;
    },
  };
}
