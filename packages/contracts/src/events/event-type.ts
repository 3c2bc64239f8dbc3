import type { z } from 'zod';

/** Brings a payload of one version to the next. */
export type Upcaster = (data: unknown) => unknown;

/**
 * One type of event through time. `schemas` holds the schema of every version ever written, oldest (version 1) first;
 * `upcasters[n]` brings version n + 1 to version n + 2, so there is one fewer of them. `identity` names the fields
 * without which an event of the newest version cannot be attributed to anything: the cheap check of every read.
 */
export interface EventType {
  readonly schemas: readonly z.ZodType[];
  readonly upcasters: readonly Upcaster[];
  readonly identity: readonly string[];
}

/** A type that has only ever had one version. */
export const firstVersion = (schema: z.ZodType, identity: readonly string[]): EventType => ({
  schemas: [schema],
  upcasters: [],
  identity,
});
