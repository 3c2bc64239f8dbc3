import { topics } from '@stance/contracts';
import type { Topic } from '@stance/contracts';
import { z } from 'zod';

import { code, table } from './table.ts';

interface Described {
  readonly description?: string;
  readonly const?: string;
}

interface Headers {
  readonly properties: Readonly<Record<string, Described>>;
  readonly required?: readonly string[];
}

const jsonOf = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { io: 'input' });

const keyOf = (schema: z.ZodType): string => {
  const { description, const: only, ...rest } = jsonOf(schema) as Described & { readonly type?: string };
  if (only !== undefined) return code(only);
  return rest.type === 'null' ? 'none' : (description ?? '').toLowerCase();
};

/** Messages of one kind in one row: event types have many, and all of them the same key and headers. */
const rows = ({ messages }: Topic): string[][] => {
  const byKey = new Map<string, string[]>();
  for (const { name, key, payload } of messages) {
    const isTombstone = (jsonOf(payload) as { readonly type?: string }).type === 'null';
    const kind = JSON.stringify([keyOf(key), isTombstone ? 'none: a tombstone' : 'JSON']);
    byKey.set(kind, [...(byKey.get(kind) ?? []), code(name)]);
  }
  return [...byKey].map(([kind, names]) => [[...new Set(names)].join(' '), ...(JSON.parse(kind) as string[])]);
};

const headerRows = (topic: Topic): string[][] => {
  const described = topic.messages.map(({ headers }) => jsonOf(headers) as Headers);
  const names = [...new Set(described.flatMap(({ properties }) => Object.keys(properties)))];
  return names.map((name) => {
    const having = described.filter(({ properties }) => name in properties);
    const isEverywhere = described.every(({ required }) => required?.includes(name) === true);
    const only = new Set(having.map(({ properties }) => properties[name]?.const));
    const [constant] = only;
    const meaning = having.map(({ properties }) => properties[name]?.description ?? '').find((text) => text !== '');
    const value = only.size === 1 && constant !== undefined ? code(constant) : '';
    return [code(isEverywhere ? name : `${name}?`), meaning ?? value];
  });
};

const section = (topic: Topic): string => `## \`${topic.address}\`

${topic.description}

${table(['record', 'key', 'value'], rows(topic))}

${table(['header', 'meaning'], headerRows(topic))}
`;

const days = ({ retention }: Topic): number => retention / 86_400_000;

const kept = (topic: Topic): string =>
  topic.cleanupPolicy === 'compact'
    ? `compacted; a tombstone for ${String(days(topic))} days (\`delete.retention.ms\`)`
    : `${String(days(topic))} days (\`retention.ms\`)`;

export const topicsPage = (): string => `# Topics

What the relay gives to Kafka, for whoever wants it: every event, every step of the feed of changes, and the current set of
changes. Records are CloudEvents 1.0 in binary mode: the attributes are headers that begin with \`ce_\`, the value is the data.
The full word on shapes is the AsyncAPI 3 document, [asyncapi.json](asyncapi.json), which generators of code read.
[How to consume them](../how-to/consume-from-another-language.md) has programs to begin with.

${table(
  ['topic', 'what it has', 'kept'],
  topics.map((topic) => [code(topic.address), topic.title, kept(topic)]),
)}

In front of each name stands the \`topicPrefix\` of \`STANCE_BROKER_URL\`, where there is one. The relay makes the topics that are
missing, with as many partitions as the URL says (12). It refuses a topic of changes with another \`cleanup.policy\` than it
needs; how long things are kept is yours to change. Partitions may be added to the topic of events; for the others, delete
both topics instead: they are made anew, and filled again.

History is never sent into these topics again. A part of it that one consumer [asked for](../how-to/redeliver.md) stands in
\`stance.replay.<id>\`, for seven days: the messages of \`stance.events.v1\`, each with \`ce_replay\` and \`ce_replayof\` besides.

${topics.map(section).join('\n')}
## What you can rely on

- **Everything comes, in order by key.** Records with one key are in one partition, in the order in which they were recorded.
  Nothing is left out.
- **Some may come twice**, after a relay died or a broker was away: with the same \`ce_id\`, and behind what came after it the
  first time. Take of each partition only what is further than what you had: by \`ce_sequence\`, and in the topics of changes
  by \`ce_generation\` first.
- **Changes are sent in transactions**, both topics in one: read with \`isolation.level=read_committed\`. A relay that wakes
  late cannot write to them any more: brokers refuse it.
- **A change has one shape**, that of \`GET /v1/changes\`, but for its evidence: statements are named, with their weights and
  what they did, and not quoted. What was sent cannot be taken back, and words may have to be.
  \`GET /v1/statements/{id}\` has them.

## Watermarks

A record of type \`stance.watermark\` says of its partition: of everything up to \`ce_sequence\`, what belongs here stands in
front of this. One goes into every partition behind every send, and from time to time where nothing comes in: each second for
events, every ten for changes. Who wants each record and nothing else skips them.

**The exact set of changes** at a position of the feed: apply \`stance.changes.v1\` partition by partition, each up to the
watermark of that position (and generation). Once all partitions have reached it, what you hold is the set that the feed had
there, neither more nor less. The watermark's value also has \`head\`, where the feed ended when it was sent: at
\`position\` = \`head\` you are up to date.

In \`stance.changes.current.v1\` a watermark has the key \`watermark\` and no value, so that tables made of the topic stay true
without knowing of it: it removes what never was.

## The current set

Read \`stance.changes.current.v1\` from its beginning, and keep by key what has a value; what has none is gone. At the end you
hold the current set, and reading on keeps it current. Who was away for longer than tombstones are kept begins anew.

## When the feed begins anew

The feed store outlives every read model, so a rebuild sends only what differs. Where the feed store itself was lost, or put
back to an older state, the relay sends all of it again under a higher \`ce_generation\`, and \`ce_feed\` says which feed it is:

- In \`stance.changes.v1\`, at the first record of a higher generation in a partition, forget what you hold from that
  partition. What comes of a lower one later is to be ignored.
- In \`stance.changes.current.v1\` there is nothing to do: values are written anew, and what the new feed does not have gets a
  tombstone.
- It is the same where the topics of changes were deleted: a relay notices when it takes over, and fills them again.

## Events

\`stance.events.v1\` is no archive: history is read from the event store. An event stands there in the version in which it was
written (\`ce_schemaversion\`); [events](events.md) lists the newest. \`ce_sequence\` counts the events of the log without gaps;
\`ce_sourceposition\` is the \`position\` that writes answer with. Where the topic was lost it is not filled again: those who
must have every event read the store.
`;
