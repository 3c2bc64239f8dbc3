import { toldChange } from '@stance/contracts';
import type { ChangeAnswer, ListedChange, MethodReference } from '@stance/contracts';
import type { StanceChange } from '@stance/domain';

import type { ChangeRecord } from '../query-options.ts';
import { evidenceAnswer } from './evidence-answer.ts';
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

/** The same, with the words for whose it is and on what. */
export const listedChange = (
  history: number,
  change: StanceChange,
  materials: Materials,
  method: MethodReference,
): ListedChange => ({ ...changeAnswer(history, change, materials, method), ...materials.subject(history) });

export const toldChangeAnswer = (
  change: StanceChange,
  { id, holder, proposition, record, incomplete, method }: ToldChange,
  materials: Pick<Materials, 'statement'>,
): ChangeAnswer => ({
  id,
  holder,
  proposition,
  ...toldChange(change),
  evidence: evidenceAnswer(change.evidence, materials),
  detectedAt: record === undefined ? null : new Date(record.detectedAt).toISOString(),
  revision: record?.revision ?? null,
  method,
  ...(incomplete ? { incomplete: true as const } : {}),
});
