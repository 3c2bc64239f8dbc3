import { eventRegistry, registryStream } from '@stance/contracts';
import type { RegistryEvent } from '@stance/contracts';
import { z } from 'zod';

import { code, table } from './table.ts';

interface Described {
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
  readonly required?: readonly string[];
}

const streams: Readonly<Record<string, string>> = {
  Statement: 'statement-<id>',
  Actor: 'actor-<id>',
  Proposition: 'proposition-<id>',
};
const ofTheRegistry: ReadonlySet<string> = new Set<RegistryEvent['type']>([
  'ActorMerged',
  'ActorUnmerged',
  'MembershipRecorded',
  'PropositionRelated',
  'TopicDefined',
  'EventSkipped',
]);
const streamOf = (type: string): string =>
  ofTheRegistry.has(type) ? registryStream : (streams[/^[A-Z][a-z]+/.exec(type)?.[0] ?? ''] ?? '');

const fields = (type: string, version = eventRegistry.currentVersion(type)): string => {
  const schema = z.toJSONSchema(eventRegistry.schema(type, version), { io: 'input' }) as Described;
  return Object.keys(schema.properties ?? {})
    .map((name) => code(schema.required?.includes(name) === true ? name : `${name}?`))
    .join(' ');
};

interface OlderVersion {
  readonly type: string;
  readonly version: number;
}

const olderVersions = (): OlderVersion[] =>
  eventRegistry.types.flatMap((type) =>
    Array.from({ length: eventRegistry.currentVersion(type) - 1 }, (_, older) => ({ type, version: older + 1 })),
  );

export const eventsPage = (): string => `# Events

What happened, for ever. An event is never changed; a new shape is a new version of its type. Streams are short, and [there
are reasons](../explanation/short-streams.md).

${table(
  ['type', 'version', 'stream', 'data'],
  eventRegistry.types.map((type) => [
    code(type),
    String(eventRegistry.currentVersion(type)),
    code(streamOf(type)),
    fields(type),
  ]),
)}

Around the data stands an envelope: \`id\` (a UUID, minted once a request), \`type\`, \`schemaVersion\`, \`stream\`, \`revision\`
(its place in the stream, from 0), \`position\` (its place in the log, from 1 and without gaps), \`recordedAt\` (stamped when it
is appended, never below that of an earlier position), \`correlationId\`, and where known \`causationId\`, \`traceparent\`,
\`recordedBy\` and \`batchId\`.

## Older versions

New events are written in the version above. Those that were written before stay as they are, in the store and on their way
through Kafka: who reads events there meets all of these, told apart by \`schemaVersion\` (in Kafka the header
\`ce_schemaversion\`). The service itself brings each to the newest version when it reads it.

${table(
  ['type', 'version', 'data', 'what the next version made different'],
  olderVersions().map(({ type, version }) => [
    code(type),
    String(version),
    fields(type, version),
    `It ${eventRegistry.change(type, version + 1) ?? ''}.`,
  ]),
)}

An event of a version or a type that a program does not know is never guessed at: the projection parks it, with the later events
of its stream, ingestion refuses to write after it (\`stream-unreadable\`), and the relay passes it on as it is.
[How to upgrade](../how-to/upgrade.md) says how to keep that from happening, and
[how to change an event](../how-to/change-an-event.md) how versions are made.

Changes of stance are derived and not among these: they stand in the feed, and can be computed again.
`;
