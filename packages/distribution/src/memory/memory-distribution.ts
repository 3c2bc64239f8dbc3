import type { DistributionWriter } from '../distribution.ts';
import { createMemoryGroup, type MemoryGroup } from './group.ts';
import { createMemoryTopic, type MemoryTopic } from './topic.ts';
import { createMemoryWriter, type MemoryWriterOptions } from './writer.ts';

export interface MemoryDistributionOptions {
  readonly partitions: number;
  /**
   * `automatic`: members get what there is by themselves, a microtask later. `stepped`: only when told, so that whoever tells
   * decides on every interleaving.
   */
  readonly mode: 'automatic' | 'stepped';
}

/** A distribution in one process: for tests and simulations. Without a clock, timers or chance of its own. */
export interface MemoryDistribution {
  readonly topic: MemoryTopic;
  createWriter(options?: MemoryWriterOptions): DistributionWriter;
  /** The group of that name. */
  group(name: string): MemoryGroup;
}

export function createMemoryDistribution({ partitions, mode }: MemoryDistributionOptions): MemoryDistribution {
  const topic = createMemoryTopic(partitions);
  const groups = new Map<string, MemoryGroup>();
  let isDue = false;

  /** Zombies get nothing by themselves: what one still holds, a test gives it. */
  function deliverAll(): void {
    isDue = false;
    for (const group of groups.values()) {
      for (;;) {
        const active = group.members().find(({ role }) => role === 'active')?.member;
        const delivery = group.deliveries().find(({ member }) => member === active);
        if (delivery === undefined) break;
        group.deliver(delivery, 100);
      }
    }
  }

  function onChange(): void {
    if (mode === 'stepped' || isDue) return;
    isDue = true;
    queueMicrotask(deliverAll);
  }

  return {
    topic,
    createWriter: (options = {}) => createMemoryWriter({ ...options, topic, onWritten: onChange }),
    group(name) {
      const group = groups.get(name) ?? createMemoryGroup(topic, onChange);
      groups.set(name, group);
      return group;
    },
  };
}
