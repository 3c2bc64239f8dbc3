import type { Member } from '../distribution.ts';
import { startConsumerSession, type ConsumerSession, type GroupParts } from './consumer-session.ts';
import { pauseAfter, rest } from './deadline.ts';

/**
 * Joins a group and stays in it: whatever ends a consumer, a new one is made after a pause, for ever.
 *
 * @throws DistributionError what cannot pass, where it shows at the first attempt.
 */
export async function joinKafkaGroup(parts: GroupParts): Promise<Member> {
  const closing = new AbortController();
  let session: ConsumerSession = startConsumerSession(parts);
  let failures = 0;

  async function supervise(): Promise<void> {
    while (!closing.signal.aborted) {
      if (await session.joined) failures = 0;
      const failure = await session.ended;
      if (failure === null || closing.signal.aborted) return;
      parts.listener.onFault({ code: failure.code, message: failure.message });
      await session.close();
      failures += 1;
      await rest(pauseAfter(failures), closing.signal);
      if (!closing.signal.aborted) session = startConsumerSession(parts);
    }
  }

  await session.joined;
  const failure = await Promise.race([session.ended, Promise.resolve(undefined)]);
  if (failure != null && !failure.retryable) {
    await session.close();
    throw failure;
  }
  const supervision = supervise();

  return {
    resume: (partition) => session.resume(partition),
    handled: (partition, offset) => session.handled(partition, offset),
    async close() {
      closing.abort();
      await session.close();
      await supervision;
    },
  };
}
