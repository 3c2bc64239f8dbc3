import type { Names } from '../../data/actor-names.ts';
import type { HistoryShown } from '../../data/history.ts';
import { stanceInWords } from '../../chart/band-words.ts';
import { dayOf } from '../../data/days.ts';
import type { Day } from '../../data/days.ts';
import { dayInWords } from '../../text/dates.ts';
import { text } from '../../text/index.ts';
import { spanInWords } from '../../text/spans.ts';
import { weightInWords } from '../../text/weights.ts';
import { acrossBy, hadBegun } from './begun.ts';
import { nameIn, speakersInWords, standsInWords } from './words.ts';

const words = text.history;

type Change = HistoryShown['history']['changes'][number];

/** The stance in one sentence. */
export const presentInWords = ({ history, explanation }: HistoryShown, holder: string, at: Day | null): string => {
  const { stance } = history;
  if (stance === null || stance.statements === 0)
    return at === null ? words.present.none(holder) : words.present.noneBy(holder, dayInWords(at));
  const { status, direction, strength, since } = stance;
  if (direction === null || since === null) return words.present.nothingWeighs(holder);
  const stands = standsInWords(direction, strength);
  const { weight, least } = explanation.stance;
  return status === 'insufficient'
    ? words.present.insufficient(holder, stands, spanInWords(since), weightInWords(weight), weightInWords(least))
    : words.present[status](holder, stands, spanInWords(since));
};

/** How often the side changed, or that it never did. */
const flipsInWords = (changes: readonly Change[], reaffirmations: number): string => {
  const confirmed = changes.filter(({ status, kind }) => status === 'confirmed' && kind !== 'first');
  const turns = confirmed.filter(({ track }) => track === 'direction');
  const firmness = confirmed.length - turns.length;
  const fizzled = changes.filter(({ status }) => status === 'withdrawn').length;
  const last = turns.at(-1);
  return [
    last === undefined
      ? words.flips.none(reaffirmations)
      : `${words.flips.some(turns.length, text.kind[last.kind], spanInWords(last.at))} ${words.flips.reaffirmed(reaffirmations)}`,
    ...(firmness === 0 ? [] : [words.flips.strength(firmness)]),
    ...(fizzled === 0 ? [] : [words.flips.withdrawn(fizzled)]),
  ].join(' ');
};

/** What one document says of the holder and of others: each thing once, a heavier account before a lighter one. */
const acrossInWords = (
  { source, accounts }: NonNullable<HistoryShown['history']['acrossHolders']>[number],
  names: Names,
): string => {
  const told = new Map<string, string>();
  for (const { holder, holderName, direction, part } of accounts.toSorted((a, b) => b.weight - a.weight)) {
    const key = `${holder} ${direction}`;
    const where = part === undefined ? words.document : words.part[part];
    const stands = standsInWords(direction, null);
    if (!told.has(key)) told.set(key, words.acrossAccount(where, holderName ?? nameIn(names, holder), stands));
  }
  return words.acrossGlance(source.title ?? source.publisher ?? words.anUntitled, [...told.values()].join('; '));
};

/** The changes that had begun by a day, in order; those under a condition are told elsewhere. */
export const changesBy = <Found extends Change>(changes: readonly Found[], until: Day): readonly Found[] =>
  changes
    .filter(({ condition, at }) => condition === undefined && hadBegun(at, until))
    .toSorted((a, b) => (dayOf(a.at.earliest) ?? 0) - (dayOf(b.at.earliest) ?? 0));

/** What a newcomer should know first, a sentence each. */
export const glanceOf = (shown: HistoryShown, names: Names, until: Day): readonly string[] => {
  const { history, statements } = shown;
  const { stance, contested } = history;
  if (stance === null || stance.statements === 0) return [];
  const { provisional, claimedSince, direction } = stance;
  const changes = changesBy(history.changes, until);
  const spoke = speakersInWords(statements, names);
  return [
    ...(direction === null ? [] : [flipsInWords(changes, stance.reaffirmations)]),
    ...(provisional === undefined || provisional.from === null
      ? []
      : [words.underWay(stanceInWords(provisional.from), stanceInWords(provisional.to), spanInWords(provisional.at))]),
    ...acrossBy(history, until)
      .slice(0, 3)
      .map((across) => acrossInWords(across, names)),
    ...contested
      .filter(({ at }) => hadBegun(at, until))
      .slice(-3)
      .map(({ at, kind }) => words.disputed(spanInWords(at), words.contested.kind[kind])),
    ...(spoke === '' ? [] : [words.spoke(spoke)]),
    ...(claimedSince === undefined ? [] : [words.claimed(spanInWords(claimedSince))]),
  ];
};
