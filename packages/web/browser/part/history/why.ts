import type { ExplanationAnswer } from '@stance/client';

import { stanceInWords } from '../../chart/band-words.ts';
import type { Names } from '../../data/actor-names.ts';
import type { Direction } from '../../data/bands.ts';
import type { HistoryShown } from '../../data/history.ts';
import type { MethodNumbers } from '../../data/method.ts';
import type { Statement } from '../../data/side.ts';
import { text } from '../../text/index.ts';
import { percentInWords } from '../../text/numbers.ts';
import { spanInWords } from '../../text/spans.ts';
import { weightInWords } from '../../text/weights.ts';

const words = text.why;

type ExplainedChange = ExplanationAnswer['changes'][number];
type Entry = ExplainedChange['entries'][number];
type ExplainedDispute = ExplanationAnswer['contested'][number];
type ExplainedStance = ExplanationAnswer['stance'];
type Rule = NonNullable<Entry['settles']>;

const sentences = (...parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(' ');

const sideInWords = (direction: Direction | 'unclear'): string =>
  direction === 'unclear' ? text.history.side.unclear : text.direction[direction];

/** What an endorsement or a rejection was seen to point at, and what follows; `null`: it is neither. */
const groundInWords = ({ ground, proposition }: Statement, names: Names): string | null => {
  if (ground === undefined) return null;
  const { reason, seen, path, weight, direction } = ground;
  const whose = path.map((step) => {
    const holder = names.get(step.holder) ?? step.holder;
    return step.proposition === proposition ? holder : words.on(holder, step.proposition);
  });
  const [first = '', ...further] = whose;
  const held =
    seen === undefined
      ? words.ground.nothing
      : words.seen(text.direction[seen.direction], text.status[seen.status], spanInWords(seen.since));
  const told = words.ground[reason](first, held, weightInWords(weight), sideInWords(direction));
  const [last] = further.slice(-1);
  return last === undefined ? told : `${told} ${words.ground.rests(last)}`;
};

/** Why a statement weighs nothing. */
export const nilInWords = (statement: Statement): string => {
  const { disownedBy, act, ground, factors } = statement;
  if (disownedBy !== undefined) return words.nil.disowned;
  if (act === 'decline') return words.nil.decline;
  switch (ground?.reason) {
    case 'no-stance':
      return words.nil.noStance;
    case 'insufficient':
      return words.nil.insufficient;
    case 'rejects-no-side':
      return words.nil.noSide;
    case 'own-stance':
      return words.nil.own;
    default:
  }
  const nil = factors.find(({ name, factor }) => factor === 0 && name !== 'no-weight');
  if (nil !== undefined) return words.nil.factor(text.history.factor[nil.name]);
  return statement.direction === undefined && ground === undefined ? words.nil.noDirection : words.nil.unclear;
};

const roleInWords = (statement: Statement): string => {
  const { role, moment } = statement;
  if (role === 'weighs-nothing') return words.weightless(nilInWords(statement));
  return moment === null && role === 'reaffirms' ? words.agreesVaguely : words.role[role];
};

/** What a statement did, and why it did no more. */
export const statementWhy = (statement: Statement, names: Names): string =>
  sentences(
    groundInWords(statement, names),
    roleInWords(statement),
    statement.reaffirmation && statement.role !== 'reaffirms' ? words.reaffirmation : null,
  );

const directions = ['support', 'oppose', 'neutral', 'mixed'] as const;

/** Which of the accounts of a moment in dispute prevails, and what it did. */
export const disputeWhy = (
  { prevailing, weights, effect }: Pick<ExplainedDispute, 'prevailing' | 'weights' | 'effect'>,
  { prevailing: share }: MethodNumbers,
): string => {
  const all = directions.reduce((sum, direction) => sum + weights[direction], 0);
  const leading = directions.reduce((best, direction) => (weights[direction] > weights[best] ? direction : best));
  const needed = percentInWords(share);
  const shareOf = (direction: Direction): string => percentInWords(all === 0 ? 0 : weights[direction] / all);
  return prevailing === null
    ? words.moment.none(text.direction[leading], shareOf(leading), needed)
    : sentences(
        words.moment.prevails(text.direction[prevailing], shareOf(prevailing), needed),
        words.moment.effect[effect],
      );
};

const ruleInWords = (rule: Rule, entry: Entry, { strong, enough }: MethodNumbers): string => {
  const [added, against] = [weightInWords(entry.for), weightInWords(entry.against)];
  switch (rule) {
    case 'strong':
      return words.rule.strong(weightInWords(strong));
    case 'enough':
      return words.rule.enough(added, against, weightInWords(enough));
    case 'outweighed':
      return words.rule.outweighed(added, against);
    case 'third-side':
    case 'direction-changed':
      return words.rule[rule];
  }
};

const confirms = (rule: Rule): boolean => rule === 'strong' || rule === 'enough';

/** What a day did for a change. */
export const entryWhy = ({ at, effect, adds, settles, ...sums }: Entry): string => {
  const what = effect === 'ends' ? words.entry.ends : words.entry[effect](weightInWords(adds));
  const told = words.entry.sums(spanInWords(at), what, weightInWords(sums.for), weightInWords(sums.against));
  if (settles === undefined) return told;
  return `${told} ${confirms(settles) ? words.entry.confirmed : words.entry.withdrew}`;
};

/** What a change still lacks, or by what it was settled. */
export const changeWhy = ({ change, entries, missing }: ExplainedChange, method: MethodNumbers): string => {
  if (missing !== undefined) {
    const { weight, toPass } = missing;
    if (weight === 0 && !toPass) return words.change.disputed;
    const lack = toPass
      ? words.change.lacksToPass(weightInWords(weight))
      : words.change.lacks(weightInWords(weight), weightInWords(method.enough));
    return `${lack}${words.change.orStrong(weightInWords(method.strong))}`;
  }
  const { withdrawnAt, disownedBy } = change;
  if (disownedBy !== undefined && withdrawnAt !== undefined) return words.change.disowned(spanInWords(withdrawnAt));
  const last = entries.at(-1);
  if (last?.settles === undefined) return '';
  const because = ruleInWords(last.settles, last, method);
  const day = spanInWords(last.at);
  return confirms(last.settles) ? words.change.confirmed(day, because) : words.change.withdrawn(day, because);
};

/** Why a stance is what it is, by the change that it rests on. */
export const basisWhy = (
  stance: ExplainedStance,
  changes: readonly ExplainedChange[],
  method: MethodNumbers,
): string | null => {
  const { status, direction, strength, since, weight, least, changeId } = stance;
  if (direction === null || since === null) return null;
  const side = stanceInWords({ direction, strength });
  if (status === 'insufficient') return words.stance.insufficient(weightInWords(weight), side, weightInWords(least));
  const explained = changes.find(({ change }) => change.id === changeId);
  const because = explained === undefined ? null : changeWhy(explained, method);
  return status === 'provisional'
    ? sentences(words.stance.provisional(side), because)
    : // How firmly it is held may have changed since.
      sentences(words.stance.confirmed(text.direction[direction], spanInWords(since)), because);
};

/** Why the stance of a history is what it is, or why there is none. */
export const stanceWhy = ({ history, explanation, method }: HistoryShown): string => {
  const told = basisWhy(explanation.stance, explanation.changes, method);
  if (told !== null) return told;
  const [first] = history.segments;
  if (first !== undefined) return words.stance.later(spanInWords(first.from));
  return explanation.incomplete === true ? words.stance.incomplete : words.stance.none;
};
