import { DistributionError } from '../errors.ts';

/** As kafkajs's errors are made: some name the kind of failure, some the answer of the broker, some only wrap another one. */
interface Failure {
  readonly name?: string;
  readonly message?: string;
  readonly type?: string;
  readonly code?: string;
  readonly cause?: unknown;
}

const denials = ['SASL_AUTHENTICATION_FAILED', 'ILLEGAL_SASL_STATE', 'UNSUPPORTED_SASL_MECHANISM'];
/** Somebody else has taken over the id of a producer. */
const fences = ['INVALID_PRODUCER_EPOCH', 'INVALID_PRODUCER_ID_MAPPING', 'TRANSACTION_COORDINATOR_FENCED'];
const misuses = [
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INCONSISTENT_GROUP_PROTOCOL',
  'INVALID_REPLICATION_FACTOR',
  'INVALID_TOPIC_EXCEPTION',
  'POLICY_VIOLATION',
];

/** What kafkajs threw, by its cause, as a failure of the distribution: one line that says where and what. */
export function toDistributionError(error: unknown, place: string, topic: string): DistributionError {
  if (error instanceof DistributionError) return error;
  const { name = '', type = '', code, message = String(error) } = rootOf(error);
  const said = `${place}: ${message}`;
  if (fences.includes(type)) {
    return new DistributionError('distribution-fenced', `${said} (topic ${topic})`, { retryable: true, cause: error });
  }
  if (type.endsWith('AUTHORIZATION_FAILED')) {
    return new DistributionError('distribution-denied', `${said} (topic ${topic})`, { cause: error });
  }
  if (denials.includes(type) || name.startsWith('KafkaJSSASL')) {
    return new DistributionError('distribution-denied', `${said}: see user, password and mechanism in the URL`, {
      cause: error,
    });
  }
  if (type === 'UNKNOWN_TOPIC_OR_PARTITION') {
    return new DistributionError('distribution-topic-missing', `${place}: there is no topic ${topic}`, {
      cause: error,
    });
  }
  if (misuses.includes(type) || name === 'KafkaJSUnsupportedMagicByteInMessageSet') {
    return new DistributionError('distribution-misconfigured', said, { cause: error });
  }
  const where = code === undefined || message.includes(code) ? said : `${said} (${code})`;
  return new DistributionError('distribution-unavailable', where, { retryable: true, cause: error });
}

function rootOf(error: unknown): Failure {
  let root = (typeof error === 'object' && error !== null ? error : { message: String(error) }) as Failure;
  while (typeof root.cause === 'object' && root.cause !== null && isKafkaJs(root)) root = root.cause;
  return root;
}

const isKafkaJs = ({ name = '' }: Failure): boolean => name.startsWith('KafkaJS');
