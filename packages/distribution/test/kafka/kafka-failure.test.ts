import {
  KafkaJSConnectionError,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSProtocolError,
  type KafkaJSError,
} from 'kafkajs';
import { expect, it } from 'vitest';

import { toDistributionError } from '../../src/kafka/kafka-failure.ts';

const answer = (type: string): KafkaJSProtocolError => {
  const error = new KafkaJSProtocolError(new Error('the broker said so'));
  return Object.assign(error, { type });
};
const given = (cause: KafkaJSError): Error =>
  new KafkaJSNumberOfRetriesExceeded(cause, { retryCount: 5, retryTime: 100 });

it.for([
  ['TOPIC_AUTHORIZATION_FAILED', 'distribution-denied', false],
  ['GROUP_AUTHORIZATION_FAILED', 'distribution-denied', false],
  ['CLUSTER_AUTHORIZATION_FAILED', 'distribution-denied', false],
  ['SASL_AUTHENTICATION_FAILED', 'distribution-denied', false],
  ['UNKNOWN_TOPIC_OR_PARTITION', 'distribution-topic-missing', false],
  ['INVALID_REPLICATION_FACTOR', 'distribution-misconfigured', false],
  ['INCONSISTENT_GROUP_PROTOCOL', 'distribution-misconfigured', false],
  ['MESSAGE_TOO_LARGE', 'distribution-misconfigured', false],
  ['NOT_ENOUGH_REPLICAS', 'distribution-unavailable', true],
  ['OUT_OF_ORDER_SEQUENCE_NUMBER', 'distribution-unavailable', true],
] as const)('tells by what the broker answered, however it is wrapped: %s is %s', ([type, code, retryable]) => {
  for (const error of [answer(type), given(answer(type))]) {
    const failure = toDistributionError(error, 'kafka://host:9092', 'stance.events.v1');
    expect(failure).toMatchObject({ code, retryable });
    expect(failure.message).toMatch(/^kafka:\/\/host:9092: [^\n]*$/);
    expect(failure.cause).toBe(error);
  }
});

it('takes a connection that is lost, and what nobody foresaw, for what may pass', () => {
  const refused = new KafkaJSConnectionError('connection refused', { broker: 'host:9092', code: 'ECONNREFUSED' });
  for (const error of [refused, given(refused), new Error('what'), 'what']) {
    expect(toDistributionError(error, 'kafka://host:9092', 't')).toMatchObject({
      code: 'distribution-unavailable',
      retryable: true,
    });
  }
});
