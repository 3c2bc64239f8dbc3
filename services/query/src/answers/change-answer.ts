import type { ChangeAnswer, MethodReference } from '@stance/contracts';
import type { StanceChange } from '@stance/domain';

import { dayAnswer } from '../dates.ts';
import { evidenceAnswer } from './evidence-answer.ts';
import type { Materials } from './materials.ts';

export const changeAnswer = (
  history: number,
  change: StanceChange,
  materials: Materials,
  method: MethodReference,
): ChangeAnswer => {
  const id = materials.changeId(change);
  const record = materials.record(id);
  const { holder, proposition } = materials.subject(history);
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
    ...(materials.incomplete(history) ? { incomplete: true as const } : {}),
  };
};
