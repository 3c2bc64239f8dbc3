import { onTestFinished } from 'vitest';

import type { DistributionWriter, JoinGroup, Member, MemberListener } from '../distribution.ts';

/** A member whose connection can be cut, so that to its group it is as good as dead. */
export interface CuttableMember {
  readonly member: Member;
  cut(): Promise<void>;
  /** Lets it connect again. */
  mend(): Promise<void>;
}

export interface OpenedGroup {
  readonly join: JoinGroup;
  joinCuttable(listener: MemberListener): Promise<CuttableMember>;
  /** Sets the offsets at which the next active member begins; `null` for lost ones. Only while nobody is in the group. */
  setOffsets(offset: bigint | null): Promise<void>;
}

/** What a contract suite is given: a fresh, empty distribution and the means to do it harm. */
export interface OpenedDistribution {
  readonly partitions: number;
  createWriter(): DistributionWriter;
  group(name: string): OpenedGroup;
  /** Takes away what stands in front of an offset, as retention does. */
  truncate(partition: number, before: bigint): Promise<void>;
  /** Puts a record there that is none of ours. */
  spoil(partition: number): Promise<void>;
  /** Closes whatever is open and removes all traces. */
  close(): Promise<void>;
}

export type OpenDistribution = () => Promise<OpenedDistribution>;

/** Opens a distribution for the test that is running and closes it after that. */
export async function openForTest(open: OpenDistribution): Promise<OpenedDistribution> {
  const opened = await open();
  onTestFinished(() => opened.close());
  return opened;
}
