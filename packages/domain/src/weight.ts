import { rounded } from './approximate.ts';
import type { GroundReason } from './ground.ts';
import type { Direction, KnownStatement } from './known-statement.ts';
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
    | 'ground'
    | 'recorded-vote'
    | 'no-weight';
  readonly value: string;
  readonly factor: number;
}

/** A vote as the record shows it: weighs 1 and decides its day, where it has a direction. */
export const isRecordedVote = (statement: KnownStatement): boolean =>
  statement.act === 'vote' && statement.part === 'record';

/** The direction that a statement speaks for: its own, or what it points at comes to; `null` without either. */
export const spokenDirection = ({ direction, ground }: KnownStatement): Direction | null =>
  ground === null ? direction : ground.direction;

/** Why a statement weighs nothing whatever its provenance, or `null` where it weighs. */
const weightlessBecause = (statement: KnownStatement): string | null => {
  const { disownedBy, act, ground } = statement;
  if (disownedBy !== null) return `disowned by ${disownedBy.id}`;
  if (act === 'decline') return 'declined to say';
  const direction = spokenDirection(statement);
  if (direction === 'unclear') return ground === null ? 'direction unclear' : unclearGrounds[ground.reason];
  return direction === null ? `${act} states no direction of its own` : null;
};

const unclearGrounds: Readonly<Record<GroundReason, string>> = {
  endorsed: 'direction unclear',
  rejected: 'direction unclear',
  'no-stance': 'points at no stance',
  insufficient: 'points at a stance with too little behind it',
  'rejects-no-side': 'rejects a stance that takes no side',
  'own-stance': 'points at a stance of its own holder',
};

const directnessKey = (statement: KnownStatement): keyof Method['directness'] =>
  statement.directness ?? (statement.part === 'record' ? 'record' : 'notGiven');

/** The weight that its provenance gives a statement, whatever it says. */
const provenanceWeight = (statement: KnownStatement, method: Method): number => {
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

/**
 * What a statement weighs when it is decided where it stands: an endorsement by itself, whatever it comes to, since what
 * it comes to depends on where others stand.
 */
export const standingWeightOf = (statement: KnownStatement, method: Method): number => {
  if (statement.pointsAt === null) return weightOf(statement, method);
  return statement.disownedBy === null ? provenanceWeight(statement, method) : 0;
};

/** What a statement weighs: 0 to 1, to nine decimals. The product of `factorsOf`. */
export const weightOf = (statement: KnownStatement, method: Method): number => {
  if (weightlessBecause(statement) !== null) return 0;
  const weight = provenanceWeight(statement, method);
  return statement.ground === null ? weight : Math.min(weight, statement.ground.weight);
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
  const own = provenanceWeight(statement, method);
  if (statement.ground !== null && statement.ground.weight < own) {
    factors.push({
      name: 'ground',
      value: `no more than the ${String(statement.ground.weight)} behind the stance it points at`,
      factor: statement.ground.weight / own,
    });
  }
  return factors;
};
