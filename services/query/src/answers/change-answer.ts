import type { ChangeAnswer, MethodReference } from '@stance/contracts';
import type { StanceChange } from '@stance/domain';

import { dayAnswer } from '../dates.ts';
import { evidenceAnswer } from './evidence-answer.ts';
import type { ChangeRecord } from '../query-options.ts';
import type { Materials } from './materials.ts';

/** What stands beside a change. */
export interface ToldChange {
  readonly id: string;
  readonly holder: string;
  readonly proposition: string;
  readonly record: ChangeRecord | undefined;
  readonly incomplete: boolean;
  readonly method: MethodReference;
}

export const changeAnswer = (
  history: number,
  change: StanceChange,
  materials: Materials,
  method: MethodReference,
): ChangeAnswer => {
  const id = materials.changeId(change);
  const { holder, proposition } = materials.subject(history);
  const incomplete = materials.incomplete(history);
  const told: ToldChange = { id, holder, proposition, record: materials.record(id), incomplete, method };
  return toldChangeAnswer(change, told, materials);
};

export const toldChangeAnswer = (
  change: StanceChange,
  { id, holder, proposition, record, incomplete, method }: ToldChange,
  materials: Pick<Materials, 'statement'>,
): ChangeAnswer => {
  const { track, kind, from, to, at, confirmedAt, withdrawnAt, status, openedBy, condition, disownedBy } = change;
  return {
    id,
    holder,
    proposition,
    track,
    kind,
    from,
    to,
    at: dayAnswer(at),
    ...(confirmedAt === null ? {} : { confirmedAt: dayAnswer(confirmedAt) }),
    ...(withdrawnAt === null ? {} : { withdrawnAt: dayAnswer(withdrawnAt) }),
    status,
    openedBy,
    evidence: evidenceAnswer(change.evidence, materials),
    detectedAt: record === undefined ? null : new Date(record.detectedAt).toISOString(),
    revision: record?.revision ?? null,
    ...(condition === undefined ? {} : { condition }),
    ...(disownedBy === undefined ? {} : { disownedBy }),
    method,
    ...(incomplete ? { incomplete: true as const } : {}),
  };
};
