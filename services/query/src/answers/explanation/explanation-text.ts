import type {
  ExplainedChangeAnswer,
  ExplainedConditionAnswer,
  ExplainedContestedAnswer,
  ExplainedStanceAnswer,
  ExplainedStatementAnswer,
  ExplanationAnswer,
  StepEntryAnswer,
} from '@stance/contracts';

import { number } from './words.ts';

/** How many changes, and how many moments in dispute, a text tells of. */
const mostParts = 50;

type Names = ReadonlyMap<string, string>;
type Words = Pick<StepEntryAnswer['statements'][number], 'quote'>;

/** Text from outside on one line, without anything that could steer a terminal. */
const oneLine = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();

const side = ({ direction, strength }: { readonly direction: string | null; readonly strength: string | null }) =>
  `${direction ?? 'no direction'}${strength === null ? '' : ` (${strength})`}`;

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');

const counted = (count: number, noun: string): string => `${String(count)} ${noun}${count === 1 ? '' : 's'}`;

const more = (all: number, shown: number, noun: string): string[] =>
  all > shown ? [`  ... and ${counted(all - shown, `more ${noun}`)}`] : [];

const quoted = ({ quote }: Words): string[] => {
  if (quote === undefined) return [];
  const exact = oneLine(quote.exact);
  return [quote.directness === 'direct' ? `“${exact}”` : exact];
};

const stanceLines = (stance: ExplainedStanceAnswer): string[] => [
  'Stance',
  `  ${joined(side(stance), stance.status, stance.since === null ? undefined : `since ${stance.since.edtf}`)}`,
  `  why: ${stance.why}`,
];

const entryLines = (entry: StepEntryAnswer, names: Names): string[] => {
  const { at, why, statements, statementCount } = entry;
  const left = statementCount - statements.length;
  return [
    `    ${at.edtf}  ${why}`,
    ...statements.flatMap((statement) => [
      ...quoted(statement).map((words) => `      ${words}`),
      `      ${joined(
        oneLine(names.get(statement.speaker) ?? statement.speaker),
        statement.direction,
        `weight ${number(statement.weight)}`,
        statement.statementId,
      )}`,
    ]),
    ...(left > 0 ? [`      ... and ${counted(left, 'more statement')} of that day`] : []),
  ];
};

const changeLines = ({ change, entries, entryCount, why }: ExplainedChangeAnswer, names: Names): string[] => {
  const { at, from, to, kind, id } = change;
  const step = from === null ? `first: ${side(to)}` : `${side(from)} → ${side(to)} · ${kind}`;
  const left = entryCount - entries.length;
  const shown = entries.map((entry) => entryLines(entry, names));
  // What is left out lies between the first and the last ones.
  if (left > 0) shown.splice(entries.length / 2, 0, [`    ... ${counted(left, 'more moment')}`]);
  return [`  ${at.edtf}  ${step}`, `    ${id}`, `    why: ${why}`, ...shown.flat()];
};

const contestedLines = ({ at, why, accounts, resolved }: ExplainedContestedAnswer, names: Names): string[] => [
  `  ${at.edtf}`,
  `    why: ${why}`,
  ...accounts.flatMap((account) => [
    ...quoted(account).map((words) => `      ${words}`),
    `      ${joined(
      oneLine(names.get(account.speaker) ?? account.speaker),
      account.direction,
      account.part,
      account.publisher === undefined ? undefined : oneLine(account.publisher),
      `weight ${number(account.weight)}`,
      `utterance ${String(account.utterance)}`,
      account.statementId,
    )}`,
  ]),
  resolved === null ? '    open since' : `    settled since, on ${resolved.at.edtf}: ${resolved.direction}`,
];

type Link = NonNullable<ExplainedStatementAnswer['reportedBy']>[number];

const through = ({ name, actor, verb }: Link, names: Names): string => {
  const who = name ?? (actor === undefined ? 'somebody unnamed' : (names.get(actor) ?? actor));
  return `through ${oneLine(who)}${verb === undefined ? '' : ` (${oneLine(verb)})`}`;
};

const sourceOf = ({ source }: ExplainedStatementAnswer): string => {
  if (source === undefined) return '';
  const { publisher, title, part, publishedAt, url } = source;
  return joined(
    publisher === undefined ? undefined : oneLine(publisher),
    title === undefined ? undefined : `“${oneLine(title)}”`,
    part,
    publishedAt === undefined ? undefined : `published ${publishedAt.edtf}`,
    url === undefined ? undefined : oneLine(url),
  );
};

/** `0.9 authority (spokesperson)`; what was found is left out where it is the number itself. */
const factorText = ({ name, value, factor }: ExplainedStatementAnswer['factors'][number]): string =>
  `${number(factor)} ${name}${value === String(factor) ? '' : ` (${value === 'notGiven' ? 'not given' : value})`}`;

const statementLines = (statement: ExplainedStatementAnswer, names: Names): string[] => {
  const { saidAt, saidAtAssumed, direction, act, condition, speaker, authority, weight, factors, moment } = statement;
  const product = factors.map(factorText).join(' × ');
  const source = sourceOf(statement);
  return [
    `  ${saidAt.edtf}  ${joined(
      direction ?? statement.ground?.direction ?? 'no direction',
      act === 'assert' ? undefined : act,
      saidAtAssumed === true ? 'day of publication' : undefined,
      condition === undefined ? undefined : `only if: ${oneLine(condition)}`,
      statement.id,
    )}`,
    ...quoted(statement).map((words) => `    ${words}`),
    `    ${joined(
      oneLine(names.get(speaker) ?? speaker),
      authority,
      ...(statement.reportedBy ?? []).map((link) => through(link, names)),
    )}`,
    ...(source === '' ? [] : [`    ${source}`]),
    `    weight ${number(weight)} = ${product}`,
    ...(moment === null ? [] : [`    its day, ${moment.at.edtf}: ${moment.why}`]),
    `    why: ${oneLine(statement.why)}`,
  ];
};

const parts = <Part>(title: string, all: readonly Part[], noun: string, linesOf: (part: Part) => string[]): string[] =>
  all.length === 0
    ? []
    : ['', title, ...all.slice(0, mostParts).flatMap(linesOf), ...more(all.length, mostParts, noun)];

/** What was said under a condition, in a part of its own. */
const conditionLines = (
  { condition, stance, changes, contested }: ExplainedConditionAnswer,
  names: Names,
): string[] => {
  const [, ...told] = stanceLines(stance);
  const under = `on the condition “${oneLine(condition)}”`;
  return [
    '',
    `Stance ${under}`,
    ...told,
    ...parts(`Changes ${under}`, changes, 'change', (change) => changeLines(change, names)),
    ...parts(`In dispute ${under}`, contested, 'moment', (moment) => contestedLines(moment, names)),
  ];
};

/**
 * An explanation to read: one fact a line, headings without indent. The statements are those of its page, `start` how
 * many stand on the pages before.
 */
export const explanationText = (answer: ExplanationAnswer, names: Names, start: number): string => {
  const {
    holder,
    holderName,
    proposition,
    propositionText,
    stance,
    changes,
    contested,
    conditional,
    statements,
    method,
  } = answer;
  const { items, count } = statements;
  const page =
    items.length < count ? ` ${String(start + 1)} to ${String(start + items.length)} of ${String(count)}` : '';
  const lines = [
    oneLine(holderName ?? holder),
    `  ${oneLine(propositionText ?? proposition)}`,
    `  as said by ${answer.at.edtf}, changes in hindsight · method ${oneLine(method.name)}, version ${String(method.version)}`,
    ...(answer.incomplete === true ? ['  incomplete: events of this history are parked'] : []),
    '',
    ...stanceLines(stance),
    ...parts('Changes', changes, 'change', (change) => changeLines(change, names)),
    ...parts('In dispute', contested, 'moment', (moment) => contestedLines(moment, names)),
    ...conditional.flatMap((under) => conditionLines(under, names)),
    ...(count === 0 ? [] : ['', `Statements${page}`]),
    ...items.flatMap((statement) => statementLines(statement, names)),
    ...more(count, start + items.length, 'statement'),
  ];
  return `${lines.join('\n')}\n`;
};
