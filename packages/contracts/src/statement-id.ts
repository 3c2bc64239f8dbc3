import { canonicalJson, shortHash } from './canonical-json.ts';
import type { StatementContent } from './statement.ts';

/**
 * The id of a statement whose sender gave none: `s-` and 128 bits in hex, derived from what makes it this statement.
 * Sent twice, it is one statement.
 */
export const deriveStatementId = (content: StatementContent): string => {
  const { holder, proposition, direction, act, saidAt, speaker, source, quote } = content;
  const { endorses, disowns, utteranceId, condition } = content;
  // Written with its keys in order, so that only the nested objects need sorting: this runs for every line of an import.
  const text =
    `{"act":"${act}"` +
    member('condition', condition) +
    member('direction', direction) +
    member('disowns', disowns) +
    member('endorses', endorses) +
    `,"holder":"${holder}","proposition":"${proposition}"` +
    member('quote', quote) +
    member('saidAt', saidAt) +
    member('source', source) +
    member('speaker', speaker) +
    member('utteranceId', utteranceId) +
    '}';
  return `s-${shortHash(text)}`;
};

const member = (name: string, value: unknown): string =>
  value === undefined ? '' : `,"${name}":${typeof value === 'object' ? canonicalJson(value) : JSON.stringify(value)}`;
