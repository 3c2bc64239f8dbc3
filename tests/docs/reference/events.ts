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

const fields = (type: string): string => {
  const schema = z.toJSONSchema(eventRegistry.schema(type, eventRegistry.currentVersion(type)), {
    io: 'input',
  }) as Described;
  return Object.keys(schema.properties ?? {})
    .map((name) => code(schema.required?.includes(name) === true ? name : `${name}?`))
    .join(' ');
};

export const eventsPage = (): string => `# Events

What happened, for ever. An event is never changed; a new shape is a new version of its type, and older ones are brought
to it when they are read. Streams are short, and [there are reasons](../explanation/short-streams.md).

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

Changes of stance are derived and not among these: they stand in the feed, and can be computed again.
`;
