import type {
  Effect,
  ExplainedMoment,
  ExplainedStatement,
  ExplainedStep,
  Ground,
  Method,
  Missing,
  SeenStance,
  SettlingRule,
  StatementRole,
  StepEntry,
} from '@stance/domain';
import { formatDay, leadingShare } from '@stance/domain';

/** A weight as people read it: three decimals at most. */
export const number = (value: number): string => String(Math.round(value * 1000) / 1000);

const percent = (share: number): string => `${String(Math.round(share * 100))} %`;

const roles: Readonly<Record<Exclude<StatementRole, 'weighs-nothing' | 'disowned'>, string>> = {
  opened: 'opened a change',
  confirmed: 'confirmed the change under way',
  supports: 'adds to what speaks for the change under way',
  opposes: 'adds to what speaks against the change under way',
  withdrew: 'withdrew the change under way',
  reaffirms: 'more of the stance that holds',
  repeats: 'another account of words that are counted already; adds nothing',
  copy: 'a copy of what is counted already; adds nothing',
  outvoted: 'against what its day comes to; adds nothing to it',
  disputed: 'one of several accounts that disagree, of which none prevails; adds nothing',
  unplaced: 'dated too vaguely for one day, and no stance held then agrees; adds nothing',
};

const roleOf = ({ placed, moment }: ExplainedStatement): string => {
  if (placed.role === 'disowned') {
    const by = placed.statement.disownedBy;
    return by === null ? 'taken back' : `taken back by ${by.id} on ${formatDay(by.day)}; adds nothing`;
  }
  if (placed.role === 'weighs-nothing') {
    const nil = placed.factors.find(({ factor }) => factor === 0);
    const because = nil?.name === 'no-weight' ? nil.value : `${nil?.name ?? 'weight'} 0`;
    return `weighs nothing: ${because}`;
  }
  if (moment === null && placed.role === 'reaffirms') {
    return 'dated too vaguely for one day; agrees with the stance held then, and adds to no sum';
  }
  return roles[placed.role];
};

type Names = ReadonlyMap<string, string>;

const seenText = ({ status, direction, since }: SeenStance): string =>
  `${direction} (${status}, since ${formatDay(since)})`;

/** What an endorsement or a rejection was seen to point at, and what follows. */
const whyGround = ({ path, reason, seen, direction, weight }: Ground, names: Names): string => {
  const way = path.map(({ holder, proposition }) => `${names.get(holder) ?? holder} on ${proposition}`);
  const [at = '', ...further] = way;
  const rests = further.length === 0 ? '' : `, which rests on ${further.join(', then on ')}`;
  const held = seen === null ? 'nothing' : seenText(seen);
  switch (reason) {
    case 'endorsed':
      return `endorses ${at}: ${held} as it was then${rests}; weighs no more than the ${number(weight)} behind that`;
    case 'rejected':
      return `rejects ${at}: ${held} as it was then${rests}, so it speaks for ${direction}; weighs no more than the ${number(weight)} behind that`;
    case 'no-stance':
      return `points at ${at}, who had no stance then`;
    case 'insufficient':
      return `points at ${at}: ${held}, with too little behind it`;
    case 'rejects-no-side':
      return `rejects ${at}: ${held}, which leaves open what is held instead`;
    case 'own-stance':
      return `points at ${at}: by a merge that is its own holder`;
  }
};

/** What a statement did. */
export const whyStatement = (statement: ExplainedStatement, names: Names): string => {
  const { reaffirmation, role } = statement.placed;
  const { ground } = statement.placed.statement;
  const points = ground === null ? '' : `${whyGround(ground, names)}; `;
  return `${points}${roleOf(statement)}${reaffirmation && role !== 'reaffirms' ? '; counted as a reaffirmation' : ''}`;
};

const effects: Readonly<Record<Effect, string>> = {
  none: 'it opened nothing',
  opened: 'it opened a change',
  supports: 'it spoke for the change under way',
  confirmed: 'it confirmed the change under way',
  opposes: 'it spoke against the change under way',
  withdrew: 'it withdrew the change under way',
  reaffirms: 'it was more of the stance that held: nothing to open',
};

/** What a moment comes to, and what it did. */
export const whyMoment = (moment: ExplainedMoment, method: Method): string => {
  const { direction, adds, contested, divided, effect } = moment;
  const needed = percent(method.prevailing);
  const [leading, share] = leadingShare(moment);
  if (direction === null) {
    if (!contested) return 'nothing said that day has weight; it opened nothing';
    return `accounts of one utterance disagree, and none prevails (${leading} has ${percent(share)} of the weight, ${needed} is needed): it opened nothing and adds nothing`;
  }
  if (divided) {
    return `no direction has ${needed} of the weight, so it is mixed, which adds ${number(adds)}; ${effects[effect]}`;
  }
  if (contested) {
    return `accounts of one utterance disagree; ${direction} prevails with ${percent(share)} of the weight (${needed} is needed) and adds ${number(adds)}, but cannot confirm; ${effects[effect]}`;
  }
  return `${direction} adds ${number(adds)}; ${effects[effect]}`;
};

const ruleOf = (rule: SettlingRule, entry: StepEntry, method: Method): string => {
  switch (rule) {
    case 'strong':
      return `an utterance that weighs ${number(method.strong)} or more confirms at once`;
    case 'enough':
      return `${number(entry.for)} for it is enough (${number(method.enough)}), and more than ${number(entry.against)} against it`;
    case 'outweighed':
      return `${number(entry.against)} against it is no less than ${number(entry.for)} for it`;
    case 'third-side':
      return 'something else than both sides was said';
    case 'direction-changed':
      return 'the direction itself changed';
  }
};

const withdraws = (rule: SettlingRule): boolean => rule !== 'strong' && rule !== 'enough';

/** What a moment did for a change. */
export const whyEntry = (entry: StepEntry, method: Method): string => {
  const { effect, adds, for: added, against, settles } = entry;
  const sums = `${number(added)} for, ${number(against)} against`;
  const did =
    effect === 'opened'
      ? `opened it with ${number(adds)}: ${sums}`
      : effect === 'ends'
        ? `adds to neither side: ${sums}`
        : `adds ${number(adds)} ${effect === 'supports' ? 'for' : 'against'} it: ${sums}`;
  if (settles === null) return did;
  return `${did}; ${withdraws(settles) ? 'withdrew' : 'confirmed'} it: ${ruleOf(settles, entry, method)}`;
};

const lackOf = ({ weight, toPass }: Missing, method: Method): string => {
  const strong = `one uncontested utterance that weighs ${number(method.strong)} or more`;
  if (toPass) return `it lacks more than ${number(weight)} to pass what speaks against it, or ${strong}`;
  if (weight === 0) return 'it has enough, but by a moment in dispute; one that is not would confirm it';
  return `it lacks ${number(weight)} to have enough (${number(method.enough)}), or ${strong}`;
};

/** What a change still lacks, or by what it was settled. */
export const reasonOf = ({ change, entries, missing }: ExplainedStep, method: Method): string => {
  const last = entries.at(-1);
  if (missing !== null) return lackOf(missing, method);
  if (change.disownedBy !== undefined && change.withdrawnAt !== null) {
    return `withdrawn on ${formatDay(change.withdrawnAt)}: ${change.disownedBy} took back what opened it`;
  }
  if (last === undefined || last.settles === null) return change.status;
  return `${change.status} on ${formatDay(last.day)}: ${ruleOf(last.settles, last, method)}`;
};

/** Why a change has the status that it has. */
export const whyStep = (step: ExplainedStep, method: Method): string =>
  `${step.missing === null ? '' : 'provisional: '}${reasonOf(step, method)}`;
