import { z } from 'zod';

import { topics } from './topics.ts';
import type { Topic, TopicMessage } from './topics.ts';

type Json = { readonly [name: string]: unknown };

export interface AsyncApiOptions {
  /** The version of the service. */
  readonly version: string;
}

/** An AsyncAPI 3.0 document. */
export interface AsyncApiDocument {
  readonly asyncapi: '3.0.0';
  readonly info: Json;
  readonly channels: Readonly<Record<string, Json>>;
  readonly operations: Readonly<Record<string, Json>>;
  readonly components: {
    readonly messages: Readonly<Record<string, Json>>;
    readonly schemas: Readonly<Record<string, unknown>>;
  };
}

const place = '#/components/schemas/';

/** Puts the schemas that have a name into one place, and says of each other one what it is. */
const createSchemas = () => {
  const named: Record<string, unknown> = {};
  const moved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(moved);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        name === '$ref' && typeof member === 'string'
          ? member.replace(/^#\/(?:definitions|\$defs)\//, place)
          : moved(member),
      ]),
    );
  };
  return {
    named,
    of: (schema: z.ZodType): unknown => {
      // AsyncAPI's own schemas are those of draft 7.
      const { $schema: _, definitions, ...own } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
      const inner = (definitions ?? {}) as Readonly<Record<string, unknown>>;
      for (const [name, definition] of Object.entries(inner)) named[name] ??= moved(withoutId(definition));
      const id = own.id;
      if (id === undefined) return moved(own);
      named[id] ??= moved(withoutId(own));
      return { $ref: `${place}${id}` };
    },
  };
};

const withoutId = (schema: unknown): unknown => {
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== 'id'));
};

/** Where a part of history is told again: the messages of the events, each with two headers more. */
const replay = {
  id: 'replay',
  address: 'stance.replay.{replayId}',
  title: 'A part of history, told again to one consumer',
  description:
    'Made when it is asked for. Its messages are those of the events, with the same ids, keys and order, and marked by two more ' +
    'headers: `ce_replay`, the id of the replay, and `ce_replayof`, what was asked for: a list of the position after which it ' +
    'begins, the one up to which it goes, and the types, the holder and the proposition, `null` where all are told.',
  cleanupPolicy: 'delete',
  retention: 7 * 24 * 60 * 60 * 1000,
} as const;

const replayOf = (messages: Topic['messages']): Json => ({
  ...channelOf({ ...replay, id: 'events', messages }),
  parameters: { replayId: { description: 'The id that the replay was given' } },
});

const channelOf = ({ address, title, description, cleanupPolicy, retention, messages }: Topic): Json => ({
  address,
  title,
  description,
  messages: Object.fromEntries(messages.map(({ id }) => [id, { $ref: `#/components/messages/${id}` }])),
  bindings: {
    kafka: {
      topicConfiguration: {
        'cleanup.policy': [cleanupPolicy],
        [cleanupPolicy === 'compact' ? 'delete.retention.ms' : 'retention.ms']: retention,
      },
      bindingVersion: '0.5.0',
    },
  },
});

const operationOf = ({ id, title, messages }: Pick<Topic, 'title' | 'messages'> & { readonly id: string }): Json => ({
  action: 'send',
  title,
  channel: { $ref: `#/channels/${id}` },
  messages: messages.map((message) => ({ $ref: `#/channels/${id}/messages/${message.id}` })),
});

/** The AsyncAPI 3.0 document of the topics that the service gives to a broker. */
export const createAsyncApiDocument = ({ version }: AsyncApiOptions): AsyncApiDocument => {
  const schemas = createSchemas();
  const messageOf = ({ name, summary, key, headers, payload }: TopicMessage): Json => ({
    name,
    title: name,
    summary,
    contentType: 'application/json',
    headers: schemas.of(headers),
    payload: schemas.of(payload),
    bindings: { kafka: { key: schemas.of(key), bindingVersion: '0.5.0' } },
  });
  const all = topics.flatMap(({ messages }) => messages);
  const events = topics.find(({ id }) => id === 'events')?.messages ?? [];
  const messages = Object.fromEntries(all.map((message) => [message.id, messageOf(message)]));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Stance tracker',
      version,
      description:
        'What was recorded, and which changes of stance follow from it, on Kafka. Records are CloudEvents 1.0 in binary mode: what CloudEvents asks for is in headers that begin with `ce_`.',
      license: { name: 'MIT' },
    },
    channels: {
      ...Object.fromEntries(topics.map((topic) => [topic.id, channelOf(topic)])),
      [replay.id]: replayOf(events),
    },
    operations: Object.fromEntries(
      [...topics, { ...replay, messages: events }].map((topic) => [
        `send${topic.id[0]?.toUpperCase() ?? ''}${topic.id.slice(1)}`,
        operationOf(topic),
      ]),
    ),
    components: { messages, schemas: schemas.named },
  };
};
