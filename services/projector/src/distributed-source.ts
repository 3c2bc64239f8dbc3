import type { BrokerLocation } from '@stance/config';
import { openKafkaDistribution } from '@stance/distribution/kafka';
import { openEventLog } from '@stance/stores';

import { createGroupedSource } from './grouped-source.ts';
import type { Source, SourceOptions } from './source.ts';

/** All projectors of one topic, of which one is at work. */
const group = 'stance-projector';

/** Takes events from the broker, and what does not come from there from the event store. */
export const openDistributedSource = async (options: SourceOptions, broker: BrokerLocation): Promise<Source> => {
  await using opened = new AsyncDisposableStack();
  const store = opened.adopt(await openEventLog(options.eventStore), (each) => each.close());
  const distribution = await openKafkaDistribution({ url: broker.url, clientId: group });
  const { onNews, onFault } = options;
  const source = opened.adopt(
    await createGroupedSource({ join: distribution.group(group), store, onNews, onFault }),
    (each) => each.close(),
  );
  const closing = opened.move();
  return { ...source, close: () => closing.disposeAsync() };
};
