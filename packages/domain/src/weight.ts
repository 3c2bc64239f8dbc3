import { rounded } from './approximate.ts';
import type { KnownStatement } from './known-statement.ts';
import type { Method } from './method.ts';

/** One factor of a weight: what it is about, what was found there, and the number that the method has for it. */
export interface Factor {
  readonly name:
    | 'authority'
    | 'directness'
    | 'part'
    | 'chain'
    | 'certainty'
    | 'confidence'
    | 'recorded-vote'
    | 'no-weight';
  readonly value: string;
  readonly factor: number;
}

/** A vote as the record shows it: weighs 1 and decides its day, where it has a direction. */
export const isRecordedVote = (statement: KnownStatement): boolean =>
  statement.act === 'vote' && statement.part === 'record';

/** Why a statement weighs nothing whatever its provenance, or `null` where it weighs. */
export const weightlessBecause = (statement: KnownStatement): string | null => {
  if (statement.act === 'decline') return 'declined to say';
  if (statement.direction === 'unclear') return 'direction unclear';
  if (statement.direction === null) return `${statement.act} states no direction of its own`;
  if (statement.condition !== null) return 'conditional';
  return null;
};

const directnessKey = (statement: KnownStatement): keyof Method['directness'] =>
  statement.directness ?? (statement.part === 'record' ? 'record' : 'notGiven');

/** What a statement weighs: 0 to 1, to nine decimals. The product of `factorsOf`. */
export const weightOf = (statement: KnownStatement, method: Method): number => {
  if (weightlessBecause(statement) !== null) return 0;
  if (isRecordedVote(statement)) return 1;
  const chain = statement.links > 1 ? method.link ** (statement.links - 1) : 1;
  return rounded(
    method.authority[statement.authority] *
      method.directness[directnessKey(statement)] *
      method.part[statement.part ?? 'notGiven'] *
      chain *
      statement.certainty *
      statement.confidence,
  );
};

/** The weight of a statement as named factors, whose product it is. */
export const factorsOf = (statement: KnownStatement, method: Method): readonly Factor[] => {
  const reason = weightlessBecause(statement);
  if (reason !== null) return [{ name: 'no-weight', value: reason, factor: 0 }];
  if (isRecordedVote(statement)) return [{ name: 'recorded-vote', value: 'record', factor: 1 }];
  const directness = directnessKey(statement);
  const factors: Factor[] = [
    { name: 'authority', value: statement.authority, factor: method.authority[statement.authority] },
    { name: 'directness', value: directness, factor: method.directness[directness] },
    { name: 'part', value: statement.part ?? 'notGiven', factor: method.part[statement.part ?? 'notGiven'] },
  ];
  if (statement.links > 1) {
    factors.push({ name: 'chain', value: `${statement.links} links`, factor: method.link ** (statement.links - 1) });
  }
  factors.push(
    { name: 'certainty', value: String(statement.certainty), factor: statement.certainty },
    { name: 'confidence', value: String(statement.confidence), factor: statement.confidence },
  );
  return factors;
};
