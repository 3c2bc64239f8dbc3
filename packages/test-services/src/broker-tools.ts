import { Kafka, logLevel } from 'kafkajs';
import type { Admin } from 'kafkajs';

/** What an operator can do to a broker, by mistake or not. */
export interface BrokerTools {
  deleteTopic(topic: string): Promise<void>;
  /** Of a group that has no members. */
  moveOffsets(group: string, topic: string, to: 'beginning' | 'end'): Promise<void>;
  /** Forgets its offsets; it may have no members. */
  deleteGroup(group: string): Promise<void>;
  /** How many members it has. */
  members(group: string): Promise<number>;
}

/** @param address `host:port` */
export const createBrokerTools = (address: string): BrokerTools => {
  const kafka = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING });
  const use = async <Result>(work: (admin: Admin) => Promise<Result>): Promise<Result> => {
    const admin = kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  };
  return {
    deleteTopic: (topic) => use((admin) => admin.deleteTopics({ topics: [topic] })),
    moveOffsets: (group, topic, to) =>
      use((admin) => admin.resetOffsets({ groupId: group, topic, earliest: to === 'beginning' })),
    deleteGroup: async (group) => {
      await use((admin) => admin.deleteGroups([group]));
    },
    members: (group) => use(async (admin) => (await admin.describeGroups([group])).groups[0]?.members.length ?? 0),
  };
};
