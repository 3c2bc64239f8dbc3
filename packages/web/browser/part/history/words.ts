import type { Names } from '../../data/actor-names.ts';
import type { Direction, Strength } from '../../data/bands.ts';
import { sideOf } from '../../data/side.ts';
import type { Statement } from '../../data/side.ts';
import { text } from '../../text/index.ts';
import { shortened } from '../../text/shortened.ts';
import { spanInWords } from '../../text/spans.ts';
import { weightInWords } from '../../text/weights.ts';
import { statementWhy } from './why.ts';

const words = text.history;

/** What somebody is called. */
export const nameIn = (names: Names, id: string): string => names.get(id) ?? id;

/** Who spoke for whom, and with what standing. */
export const speakerInWords = (
  { speaker, authority, holder }: Pick<Statement, 'speaker' | 'authority' | 'holder'>,
  names: Names,
): string => words.speaker[authority](nameIn(names, speaker), nameIn(names, holder));

/** What somebody does by a stance, as the rest of a sentence. */
export const standsInWords = (direction: Direction, strength: Strength): string =>
  strength === null || direction === 'neutral' || direction === 'mixed'
    ? words.stands[direction]
    : `${text.strength[strength]} ${words.stands[direction]}`;

/** When something was said: vague as it may be, and on which day it counts. */
export const saidInWords = ({ saidAt, saidAtAssumed, placedAt, vague }: Statement): string => {
  const said = spanInWords(saidAt);
  if (saidAtAssumed === true) return words.statement.saidAssumed(said);
  return vague && placedAt.edtf !== saidAt.edtf ? words.statement.saidVague(said, spanInWords(placedAt)) : said;
};

/** The chain of those through whom it came, nearest to the speaker first. */
export const reportersInWords = ({ reportedBy = [] }: Pick<Statement, 'reportedBy'>, names: Names): string =>
  reportedBy
    .map(({ actor, name = actor === undefined ? words.statement.unknownReporter : nameIn(names, actor), verb }) =>
      verb === undefined ? name : words.statement.through1(name, verb),
    )
    .join(' → ');

/** A mark, for who does not see it. */
export const markInWords = (statement: Statement, names: Names): string =>
  words.chart.mark(
    words.side[sideOf(statement)],
    spanInWords(statement.saidAt),
    statement.quote === undefined ? words.statement.noWords : `“${shortened(statement.quote.exact, 200)}”,`,
    speakerInWords(statement, names),
    weightInWords(statement.weight),
    statementWhy(statement, names),
  );

/** Who spoke, for whom, and in how many of the statements; who spoke most first. */
export const speakersInWords = (statements: readonly Statement[], names: Names): string => {
  const counts = new Map<string, number>();
  for (const statement of statements) {
    const who = speakerInWords(statement, names);
    counts.set(who, (counts.get(who) ?? 0) + 1);
  }
  const most = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, 4);
  return most.map(([who, count]) => words.spokeCount(who, count, statements.length)).join('; ');
};
