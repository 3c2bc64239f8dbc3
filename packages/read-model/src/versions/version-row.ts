import type { ReadModelVersion, VersionState } from './catalogue.ts';

/** An entry as databases keep it. */
export interface VersionRow {
  readonly version: number;
  readonly state: VersionState;
  readonly revision: number;
  /** 1 or 0 */
  readonly parks: number;
  readonly halt_code: string | null;
  readonly halt_message: string | null;
  readonly hash: string;
  readonly layout: number;
  readonly method: string;
  readonly method_version: number;
  readonly created_at: number;
  readonly changed_at: number;
}

/** The columns but for the number, in the order of `valuesOf`. */
export const versionColumns = [
  'state',
  'revision',
  'parks',
  'halt_code',
  'halt_message',
  'hash',
  'layout',
  'method',
  'method_version',
  'created_at',
  'changed_at',
] as const;

export const versionOf = (row: VersionRow): ReadModelVersion => ({
  version: row.version,
  state: row.state,
  revision: row.revision,
  parks: row.parks === 1,
  halt: row.halt_code === null ? null : { code: row.halt_code, message: row.halt_message ?? '' },
  hash: row.hash,
  layout: row.layout,
  method: row.method,
  methodVersion: row.method_version,
  createdAt: row.created_at,
  changedAt: row.changed_at,
});

export const valuesOf = (version: Omit<ReadModelVersion, 'version'>): readonly (string | number | null)[] => [
  version.state,
  version.revision,
  version.parks ? 1 : 0,
  version.halt?.code ?? null,
  version.halt?.message ?? null,
  version.hash,
  version.layout,
  version.method,
  version.methodVersion,
  version.createdAt,
  version.changedAt,
];
