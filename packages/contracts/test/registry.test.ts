import {
  ContractError,
  createEventRegistry,
  decodeEvent,
  encodeEvent,
  firstVersion,
  nextVersion,
} from '@stance/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const first = z.strictObject({ id: z.string(), name: z.string() });
const second = z.strictObject({ id: z.string(), names: z.array(z.string()) });
const third = z.strictObject({ id: z.string(), names: z.array(z.string()), kind: z.string().nullable() });

const registry = createEventRegistry({
  Renamed: nextVersion(
    nextVersion(firstVersion(first, ['id']), {
      schema: second,
      change: 'has several names',
      upcast: ({ id, name }) => ({ id, names: [name] }),
      identity: ['id', 'names'],
    }),
    { schema: third, change: 'has a kind', upcast: (data) => ({ ...data, kind: null }) },
  ),
  Plain: firstVersion(first, ['id']),
});

const stored = (type: string, schemaVersion: number, data: string) => ({
  type,
  schemaVersion,
  data,
  position: 7,
  stream: 'thing-1',
});

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof ContractError) return error.code;
    throw error;
  }
  return 'none';
};

describe('the event registry', () => {
  it('brings an old payload through every version up to the newest', () => {
    expect(registry.decodeData(stored('Renamed', 1, '{"id":"a","name":"A"}'))).toEqual({
      id: 'a',
      names: ['A'],
      kind: null,
    });
    expect(registry.decodeData(stored('Renamed', 2, '{"id":"a","names":["A"]}'))).toEqual({
      id: 'a',
      names: ['A'],
      kind: null,
    });
    expect(registry.decodeData(stored('Renamed', 3, '{"id":"a","names":[],"kind":"x"}'))).toEqual({
      id: 'a',
      names: [],
      kind: 'x',
    });
  });

  it('writes new events in the newest version', () => {
    expect(registry.currentVersion('Renamed')).toBe(3);
    expect(registry.currentVersion('Plain')).toBe(1);
  });

  it('says what is different in a version', () => {
    expect([1, 2, 3].map((version) => registry.change('Renamed', version))).toEqual([
      null,
      'has several names',
      'has a kind',
    ]);
    expect(codeOf(() => registry.change('Renamed', 4))).toBe('unknown-event-version');
  });

  it.each([
    ['a type that nobody knows', 'Other', 1, '{}', 'unknown-event-type'],
    ['a type named like a property of every object', 'constructor', 1, '{}', 'unknown-event-type'],
    ['a version from the future', 'Renamed', 4, '{"id":"a"}', 'unknown-event-version'],
    ['version 0', 'Renamed', 0, '{"id":"a"}', 'unknown-event-version'],
    ['a payload that is not JSON', 'Plain', 1, '{', 'invalid-event-data'],
    ['a payload that is no object', 'Plain', 1, '[]', 'invalid-event-data'],
    ['a payload without its identity', 'Plain', 1, '{"name":"A"}', 'invalid-event-data'],
    ['a payload without what names it in this version only', 'Renamed', 3, '{"id":"a"}', 'invalid-event-data'],
    ['an old payload that breaks its schema', 'Renamed', 1, '{"id":"a"}', 'invalid-event-data'],
  ])('refuses %s', (_what, type, version, data, code) => {
    expect(codeOf(() => registry.decodeData(stored(type, version, data)))).toBe(code);
  });

  it('says where in the log the event stands that cannot be read', () => {
    expect(() => registry.decodeData(stored('Plain', 1, '{}'))).toThrow('Plain at position 7 of thing-1 has no "id"');
  });

  it('reads back what it encodes', () => {
    const data = { topicId: 't', name: 'Trainers' };
    const event = {
      ...encodeEvent('TopicDefined', data),
      position: 1,
      id: 'e',
      stream: 'registry',
      revision: 0,
      recordedAt: 5,
    };
    expect(decodeEvent({ ...event, metadata: { correlationId: 'c' } })).toEqual({
      position: 1,
      id: 'e',
      type: 'TopicDefined',
      schemaVersion: 1,
      stream: 'registry',
      revision: 0,
      recordedAt: 5,
      correlationId: 'c',
      data,
    });
  });
});
