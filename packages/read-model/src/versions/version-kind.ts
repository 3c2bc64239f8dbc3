import { createHash } from 'node:crypto';

import { schemaVersion } from '../tables.ts';
import type { VersionKind } from './catalogue.ts';

/** A value as JSON that does not depend on the order in which its parts were named. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** What a version is made by where this program makes it by this method. */
export const versionKind = (method: { readonly name: string; readonly version: number }): VersionKind => ({
  hash: createHash('sha256')
    .update(`${String(schemaVersion)}\n${canonical(method)}`)
    .digest('hex'),
  layout: schemaVersion,
  method: method.name,
  methodVersion: method.version,
});
