import type { z } from 'zod';

import { ContractError } from '../contract-error.ts';
import type { EventType, EventVersion } from './event-type.ts';
import type { StoredEventText } from './stored.ts';

export interface EventRegistry {
  /** The names of all types, sorted. */
  readonly types: readonly string[];
  /** The version in which new events of this type are written. @throws ContractError `unknown-event-type` */
  currentVersion(type: string): number;
  /** The schema of one version. @throws ContractError `unknown-event-type` or `unknown-event-version` */
  schema(type: string, version: number): z.ZodType;
  /**
   * What is different in a version from the one before it; `null` of the first.
   *
   * @throws ContractError `unknown-event-type` or `unknown-event-version`
   */
  change(type: string, version: number): string | null;
  /**
   * The payload, brought to the newest version. What this program wrote itself was checked then: of the newest version
   * only the shape is looked at (an object with the identity of its type); an older one is checked whole.
   *
   * @throws ContractError `unknown-event-type`, `unknown-event-version` or `invalid-event-data`
   */
  decodeData(event: Pick<StoredEventText, 'type' | 'schemaVersion' | 'data' | 'position' | 'stream'>): object;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const createEventRegistry = (eventTypes: Readonly<Record<string, EventType>>): EventRegistry => {
  const byName = new Map(Object.entries(eventTypes));

  const typeNamed = (name: string): EventType => {
    const type = byName.get(name);
    if (type === undefined) throw new ContractError('unknown-event-type', `there is no event type "${name}"`);
    return type;
  };

  const versionOf = (name: string, version: number): EventVersion => {
    const { versions } = typeNamed(name);
    const found = versions[version - 1];
    if (found === undefined) {
      throw new ContractError(
        'unknown-event-version',
        `${name} has no version ${version}: this program knows 1 to ${versions.length}`,
      );
    }
    return found;
  };

  return {
    types: [...byName.keys()].sort(),
    currentVersion: (type) => typeNamed(type).versions.length,
    schema: (type, version) => versionOf(type, version).schema,
    change: (type, version) => versionOf(type, version).step?.change ?? null,
    decodeData(event) {
      const { versions, identity } = typeNamed(event.type);
      let data = parse(event);
      if (event.schemaVersion !== versions.length) {
        const checked = versionOf(event.type, event.schemaVersion).schema.safeParse(data);
        if (!checked.success)
          throw invalid(event, `breaks the schema of version ${event.schemaVersion}`, checked.error);
        for (const { step } of versions.slice(event.schemaVersion)) data = step?.upcast(data);
      }
      if (!isObject(data)) throw invalid(event, 'does not hold an object');
      for (const field of identity) {
        if (data[field] === undefined) throw invalid(event, `has no "${field}"`);
      }
      return data;
    },
  };
};

type Place = Pick<StoredEventText, 'type' | 'position' | 'stream'>;

const invalid = ({ type, position, stream }: Place, what: string, cause?: unknown): ContractError =>
  new ContractError('invalid-event-data', `${type} at position ${position} of ${stream} ${what}`, { cause });

const parse = (event: Place & Pick<StoredEventText, 'data'>): unknown => {
  try {
    return JSON.parse(event.data);
  } catch (cause) {
    throw invalid(event, 'does not hold JSON', cause);
  }
};
