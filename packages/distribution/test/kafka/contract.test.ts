import { describeDistributionContract } from '@stance/distribution/contract-suite';
import { testKafka } from '@stance/test-services';
import { describe } from 'vitest';

import { openOwnKafka } from './support/opened-kafka.ts';

const kafka = await testKafka();

describe.skipIf(kafka.missing !== null)(`on Kafka${kafka.note}`, () => {
  describeDistributionContract('The distribution on Kafka', () => openOwnKafka(kafka.broker, kafka.topicPrefix()));
});
