import { toldChange } from '@stance/contracts';
import type { ChangeAnswer, MethodReference } from '@stance/contracts';
import type { StanceChange } from '@stance/domain';

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
  return {
    id,
    holder,
    proposition,
    ...toldChange(change),
    evidence: evidenceAnswer(change.evidence, materials),
    detectedAt: record === undefined ? null : new Date(record.detectedAt).toISOString(),
    revision: record?.revision ?? null,
    method,
    ...(materials.incomplete(history) ? { incomplete: true as const } : {}),
  };
};
