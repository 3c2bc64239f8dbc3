import type { z } from 'zod';

/** Brings a payload of one version to the next. */
export type Upcaster = (data: unknown) => unknown;

/** One version of a type of event. */
export interface EventVersion {
  readonly schema: z.ZodType;
  /** How it came from the version before it; `null` of the first. */
  readonly step: {
    /** What is different, and what for: a sentence for those who read events. */
    readonly change: string;
    /** Cannot fail on what the schema of the version before it admits. */
    readonly upcast: Upcaster;
  } | null;
}

/**
 * One type of event through time: every version ever written, the first one first. `identity` names the fields without
 * which an event of the newest version cannot be attributed to anything: the cheap check of every read.
 */
export interface EventType<Data = unknown> {
  readonly versions: readonly EventVersion[];
  readonly newest: z.ZodType<Data>;
  readonly identity: readonly string[];
}

/** A type as it was written at first. */
export const firstVersion = <Data>(schema: z.ZodType<Data>, identity: readonly string[]): EventType<Data> => ({
  versions: [{ schema, step: null }],
  newest: schema,
  identity,
});

/** What a further version of a type is made of. */
export interface NextVersion<Old, New> {
  readonly schema: z.ZodType<New>;
  readonly change: string;
  /** Pure; must not fail on what the schema of the older version admits, and must lose nothing. */
  readonly upcast: (data: Old) => New;
  /** Where it differs from that of the older version. */
  readonly identity?: readonly string[];
}

/** A type with a further version, in which events are written from now on. */
export const nextVersion = <Old, New>(
  before: EventType<Old>,
  { schema, change, upcast, identity = before.identity }: NextVersion<Old, New>,
): EventType<New> => ({
  // It is only ever given what the older schema admitted, or what the upcaster before it made.
  versions: [...before.versions, { schema, step: { change, upcast: (data) => upcast(data as Old) } }],
  newest: schema,
  identity,
});
