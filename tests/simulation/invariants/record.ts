import { must } from '../violation.ts';
import type { World } from '../world.ts';

interface Data {
  readonly reason?: string;
}

const holds = (data: unknown, says: unknown): boolean =>
  typeof says === 'object' && says !== null
    ? Object.entries(says).every(([key, value]) => holds((data as Record<string, unknown> | undefined)?.[key], value))
    : data === says;

const once = 'what is recorded is recorded once';
const kept = 'what was acknowledged stands in the log where it was said to be';

/** The event store: what was acknowledged is there, and nothing twice. */
export const createRecordInvariant = ({ log, acknowledged }: World): (() => void) => {
  const recorded = new Set<string>();
  const revisions = new Map<string, number>();
  let events = 0;
  let answers = 0;

  return () => {
    for (; events < log.events.length; events += 1) {
      const event = log.events[events];
      if (event === undefined) break;
      const { stream, revision, type, data } = event;
      must(revision === (revisions.get(stream) ?? -1) + 1, 'a stream has no gaps', () => stream);
      revisions.set(stream, revision);
      if (!stream.startsWith('statement-')) continue;
      must((type === 'StatementMade') === (revision === 0), once, () => `${stream} has another ${type}`);
      const { reason = '' } = JSON.parse(data) as Data;
      const key = `${stream} ${type} ${reason}`;
      must(!recorded.has(key), once, () => `${key} stands there twice`);
      recorded.add(key);
    }
    for (; answers < acknowledged.length; answers += 1) {
      const answer = acknowledged[answers];
      if (answer === undefined) break;
      const event = log.at(answer.position);
      must(
        event?.stream === answer.stream &&
          event.revision === answer.revision &&
          event.type === answer.type &&
          holds(JSON.parse(event.data), answer.says),
        kept,
        () => `${JSON.stringify(answer)} was acknowledged, there is ${JSON.stringify(event)}`,
      );
    }
  };
};
