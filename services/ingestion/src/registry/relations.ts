import { ProblemError } from '@stance/contracts';
import type { PropositionRelated, PropositionRelatedData, RelationType } from '@stance/contracts';

import { findPath, pathText } from './path.ts';

/** What follows from what. */
export interface Relations {
  apply(event: PropositionRelated): void;
  /**
   * The event that said the same, `null` where nobody has.
   *
   * @throws ProblemError `relation-cycle` or `relation-conflict`
   */
  decide(relation: PropositionRelatedData): PropositionRelated | null;
}

export const createRelations = (): Relations => {
  type Related = Map<string, Map<string, PropositionRelated>>;
  /** By the proposition and the one it is related to; `contradicts` both ways round. */
  const held: Record<RelationType, Related> = { entails: new Map(), contradicts: new Map(), narrows: new Map() };

  const find = (type: RelationType, from: string, to: string): PropositionRelated | null =>
    held[type].get(from)?.get(to) ?? null;
  const note = (event: PropositionRelated, from: string, to: string): void => {
    const related = held[event.data.type];
    const ofThis = related.get(from);
    if (ofThis === undefined) related.set(from, new Map([[to, event]]));
    else ofThis.set(to, event);
  };

  const cycle = (detail: string, message: string): ProblemError =>
    new ProblemError('relation-cycle', { detail, errors: [{ path: 'to', message }] });
  const conflict = ({ data }: PropositionRelated): ProblemError => {
    const message = `it is recorded that "${data.from}" ${data.type} "${data.to}"`;
    return new ProblemError('relation-conflict', {
      detail: `The relation cannot hold: ${message}.`,
      errors: [{ path: 'type', message }],
    });
  };

  return {
    apply(event) {
      const { from, type, to } = event.data;
      note(event, from, to);
      if (type === 'contradicts') note(event, to, from);
    },
    decide({ from, type, to }) {
      if (to === from) {
        throw cycle(`Proposition "${to}" cannot be related to itself.`, 'is the proposition itself');
      }
      const same = find(type, from, to);
      if (same !== null) return same;
      if (type === 'narrows') {
        const path = findPath(to, from, (id) => held.narrows.get(id)?.keys() ?? []);
        if (path === null) return null;
        const text = pathText([from, ...path]);
        throw cycle(`Proposition "${from}" would narrow itself: ${text}.`, `leads back to it: ${text}`);
      }
      const against =
        type === 'entails' ? find('contradicts', from, to) : (find('entails', from, to) ?? find('entails', to, from));
      if (against !== null) throw conflict(against);
      return null;
    },
  };
};
