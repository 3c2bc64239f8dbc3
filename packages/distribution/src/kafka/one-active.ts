import type { PartitionAssigner } from 'kafkajs';

import { AssignerProtocol } from './kafkajs.ts';

const name = 'stance-one-active';
const version = 1;

/**
 * Gives all partitions to one member: the one that has them already, be it that others join or leave. Each member tells
 * since when it is the active one, 0 where it is not. Where two say so, one of them was cut off for a while: the one that
 * has become it later goes on.
 *
 * @param activeSince milliseconds since the epoch.
 */
export function oneActive(activeSince: () => number): PartitionAssigner {
  return ({ cluster }) => ({
    name,
    version,
    async assign({ members, topics }) {
      const claims = members.map(({ memberId, memberMetadata }) => ({
        memberId,
        since: Number(AssignerProtocol.MemberMetadata.decode(memberMetadata)?.userData.toString() ?? 0),
      }));
      claims.sort((a, b) => b.since - a.since || (a.memberId < b.memberId ? -1 : 1));
      const chosen = claims[0]?.memberId;
      const all = topics.map((topic) => [
        topic,
        cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId),
      ]);
      const none = topics.map((topic) => [topic, []]);
      return members.map(({ memberId }) => ({
        memberId,
        memberAssignment: AssignerProtocol.MemberAssignment.encode({
          version,
          assignment: Object.fromEntries(memberId === chosen ? all : none) as Record<string, number[]>,
          userData: Buffer.alloc(0),
        }),
      }));
    },
    protocol: ({ topics }) => ({
      name,
      metadata: AssignerProtocol.MemberMetadata.encode({
        version,
        topics,
        userData: Buffer.from(String(activeSince())),
      }),
    }),
  });
}
