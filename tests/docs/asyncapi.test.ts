import { Parser } from '@asyncapi/parser';
import { eventRegistry } from '@stance/contracts';
import { describe, expect, test } from 'vitest';

import { asyncApi } from './reference/asyncapi.ts';

/** The severity of what must not be. */
const errors: ReadonlySet<number> = new Set([0]);

const { document, diagnostics } = await new Parser().parse(asyncApi());

describe('the AsyncAPI document', () => {
  test('is a valid one of version 3, by its own parser', () => {
    expect(diagnostics.filter(({ severity }) => errors.has(severity))).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
  });

  test('has every topic, and in it a message for each version of each event, and for what becomes of changes', () => {
    const channels = new Map(
      document
        ?.channels()
        .all()
        .map((channel) => [channel.address(), channel.messages().all()]),
    );
    const names = (address: string): string[] => channels.get(address)?.map((message) => message.id()) ?? [];
    const versions = eventRegistry.types.flatMap((type) =>
      Array.from({ length: eventRegistry.currentVersion(type) }, (_, index) => `${type}-v${String(index + 1)}`),
    );
    const changes = ['StanceChangeDetected', 'StanceChangeRevised', 'StanceChangeRemoved'];
    expect(channels.size).toBe(4);
    expect(names('stance.replay.{replayId}')).toEqual(names('stance.events.v1'));
    expect(names('stance.events.v1')).toEqual([...versions, 'EventWatermark']);
    expect(names('stance.changes.v1')).toEqual([...changes, 'FeedWatermark']);
    expect(names('stance.changes.current.v1')).toEqual([
      ...changes.map((name) => `Current${name}`),
      'CurrentWatermark',
    ]);
  });
});
