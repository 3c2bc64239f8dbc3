import type { Case, Question } from '../format/case.ts';

/** What was answered to a question for a name. */
export interface NameAnswer {
  readonly actors: readonly string[];
  readonly heldBy: readonly string[];
}

/** What was answered to a question for a stance, with days as text; the same from the domain and from the service. */
export interface Answer {
  readonly stance: unknown;
  readonly changes: readonly unknown[];
  readonly segments: readonly unknown[];
  readonly contested: readonly unknown[];
  readonly statements: Readonly<Record<string, unknown>>;
  readonly saysAndDoes?: unknown;
}

/** Of what was answered that which is expected, so that the rest is not compared; what is absent is `null`. */
const namedIn = (expected: unknown, answered: unknown): unknown => {
  if (typeof expected !== 'object' || expected === null) return answered ?? null;
  if (Array.isArray(expected)) {
    if (!Array.isArray(answered)) return answered ?? null;
    const wanted: readonly unknown[] = expected;
    return answered.map((item: unknown, index) => (index < wanted.length ? namedIn(wanted[index], item) : item));
  }
  if (typeof answered !== 'object' || answered === null) return answered ?? null;
  const held = new Map<string, unknown>(Object.entries(answered));
  return Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, namedIn(value, held.get(key))]));
};

/** The question in words, as it heads what is compared. */
const inWords = ({ name, holder, proposition, at, knownAt }: Question): string =>
  `${name ?? `${holder} on ${proposition}`}, ${at === undefined ? 'now' : `at ${at}`}${knownAt === undefined ? '' : `, as known at ${knownAt}`}`;

export interface Comparison {
  readonly expected: readonly unknown[];
  readonly answered: readonly unknown[];
}

/** Asks the questions of a case; what is expected and what was answered are to be equal. */
export const compare = async (
  { asked }: Pick<Case, 'asked'>,
  ask: (question: Question) => Answer | Promise<Answer | NameAnswer>,
): Promise<Comparison> => {
  const expected: unknown[] = [];
  const answered: unknown[] = [];
  for (const question of asked) {
    const headed = { asked: inWords(question), because: question.because };
    expected.push({ ...headed, ...question.expected });
    answered.push({ ...headed, ...(namedIn(question.expected, await ask(question)) as object) });
  }
  return { expected, answered };
};
