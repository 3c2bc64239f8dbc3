import { defaultMethod, numbersOf } from '@stance/domain';

import type { InputIssue } from './problem.ts';

/** The numbers that a method file gives, by their paths; those that are none are left to the schema. */
export type GivenNumbers = ReadonlyMap<string, number>;

const standard: GivenNumbers = new Map(numbersOf(defaultMethod).map(({ path, value }) => [path, value]));

const groupOf = (path: string): string => path.split('.')[0] ?? path;

const own = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

export const givenNumbers = (value: unknown): GivenNumbers => {
  const given = new Map<string, number>();
  for (const path of standard.keys()) {
    const found = path.split('.').reduce(own, value);
    if (typeof found === 'number') given.set(path, found);
  }
  return given;
};

/** The rules between the numbers; where only some are given, the others are those of the default method. */
export const checkMethodNumbers = (given: GivenNumbers, based: boolean): InputIssue[] => {
  const numbers = based ? new Map([...standard, ...given]) : given;
  const problems: InputIssue[] = [];
  const compare = (low: string, high: string, fits: (low: number, high: number) => boolean, words: string): void => {
    const [lower, higher] = [numbers.get(low), numbers.get(high)];
    if (lower === undefined || higher === undefined || fits(lower, higher)) return;
    const path = given.has(low) ? low : high;
    problems.push({ path, message: `${low} (${lower}) must ${words} ${high} (${higher})` });
  };
  compare('least', 'enough', (least, enough) => least <= enough, 'not be above');
  compare('bands.moderate', 'bands.strong', (moderate, strong) => moderate < strong, 'be below');
  if (based && given.size === 0) problems.push({ path: 'basedOn', message: 'no number differs: nothing is given' });
  return problems;
};

/** No number without a reason, its own or that of its group; no reason without its number. */
export const checkMethodReasons = (given: GivenNumbers, value: unknown): InputIssue[] => {
  const reasons = own(value, 'reasons');
  if (typeof reasons !== 'object' || reasons === null) return [];
  const groups = new Set([...given.keys()].map(groupOf));
  const problems: InputIssue[] = [];
  for (const path of given.keys()) {
    if (Object.hasOwn(reasons, path) || Object.hasOwn(reasons, groupOf(path))) continue;
    const names = groupOf(path) === path ? `"${path}"` : `"${path}" or "${groupOf(path)}"`;
    problems.push({ path, message: `has no reason: \`reasons\` has to give one under ${names}` });
  }
  for (const path of Object.keys(reasons)) {
    if (given.has(path) || groups.has(path)) continue;
    problems.push({ path: `reasons.${path}`, message: 'is the reason of no number given here' });
  }
  return problems;
};

/** The reasons that are still true once some numbers are others: not those of the numbers themselves. */
export const reasonsThatHold = (
  reasons: Readonly<Record<string, string>>,
  replaced: GivenNumbers,
): Record<string, string> => Object.fromEntries(Object.entries(reasons).filter(([path]) => !replaced.has(path)));
