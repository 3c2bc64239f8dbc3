import { isDeepStrictEqual } from 'node:util';

import type { StatementVersionAnswer } from '@stance/contracts';

/** What every version has of its own, or what follows from another field. */
const ofTheVersion: ReadonlySet<string> = new Set([
  'revision',
  'position',
  'recordedAt',
  'reason',
  'ended',
  'saidAtAssumed',
]);

/** The fields in which a version differs from the one before it, those of one word with both their values. */
export const correctedFields = (before: StatementVersionAnswer, after: StatementVersionAnswer): string[] => {
  const [old, now] = [before, after].map((version) => new Map<string, unknown>(Object.entries(version))) as [
    Map<string, unknown>,
    Map<string, unknown>,
  ];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => !ofTheVersion.has(field) && !isDeepStrictEqual(old.get(field), now.get(field)))
    .map((field) => {
      const [from, to] = [plain(old.get(field)), plain(now.get(field))];
      if (from === undefined || to === undefined) return field;
      // A date that is worded as before was cut off elsewhere, as the publication moved.
      return from === to ? `${field}, cut off at another day` : `${field} from ${from} to ${to}`;
    });
};

/** A value as text, `undefined` where it has parts. */
const plain = (value: unknown): string | undefined => {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return typeof value === 'object' && value !== null && 'edtf' in value && typeof value.edtf === 'string'
    ? value.edtf
    : undefined;
};
