import { onTestFinished, vi } from 'vitest';

import type { DistributedRecord, JoinGroup, LinkedEvent, Member, MemberListener, Watermark } from '../distribution.ts';

/** A listener that keeps what it is told in its latest generation. */
export interface Recorder {
  readonly listener: MemberListener;
  isActive(): boolean;
  /** How often it became the active one, or was given partitions anew. */
  activations(): number;
  records(partition: number): readonly DistributedRecord[];
  firstOffset(partition: number): bigint | undefined;
  events(): readonly LinkedEvent[];
  eventsOf(partition: number): readonly LinkedEvent[];
  watermarks(partition: number): readonly Watermark[];
  /** From now on it says of a partition that it has enough, or, `false`, that it has not. */
  holdBack(isEnough: boolean): void;
}

export function createRecorder(): Recorder {
  let taken = new Map<number, { readonly offset: bigint; readonly records: DistributedRecord[] }>();
  let active = false;
  let activations = 0;
  let hasEnough = false;

  const eventsIn = (records: readonly DistributedRecord[]): LinkedEvent[] =>
    records.flatMap((record) => (record.kind === 'event' ? [record.linked] : []));
  const records = (partition: number): readonly DistributedRecord[] => taken.get(partition)?.records ?? [];

  return {
    listener: {
      onActive() {
        active = true;
        activations += 1;
        taken = new Map();
      },
      onStandby() {
        active = false;
        taken = new Map();
      },
      onRecords({ partition, offset, records: come }) {
        const before = taken.get(partition);
        if (before === undefined) taken.set(partition, { offset, records: [...come] });
        else before.records.push(...come);
        return !hasEnough;
      },
      onFault: () => undefined,
    },
    isActive: () => active,
    activations: () => activations,
    records,
    firstOffset: (partition) => taken.get(partition)?.offset,
    events: () => [...taken.values()].flatMap((one) => eventsIn(one.records)),
    eventsOf: (partition) => eventsIn(records(partition)),
    watermarks: (partition) =>
      records(partition).flatMap((record) => (record.kind === 'watermark' ? [record.watermark] : [])),
    holdBack(isEnough) {
      hasEnough = isEnough;
    },
  };
}

/** Joins as a recorder, until the test is over. */
export async function joinAsRecorder(join: JoinGroup): Promise<Recorder & { readonly member: Member }> {
  const recorder = createRecorder();
  const member = await join(recorder.listener);
  onTestFinished(() => member.close());
  return { ...recorder, member };
}

/** Waits until something is so; longer than brokers take to give up a member. */
export async function until(condition: () => boolean): Promise<void> {
  await vi.waitUntil(condition, { timeout: 45_000, interval: 10 });
}
