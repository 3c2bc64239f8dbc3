import type { KnownStatement } from './known-statement.ts';
import { wordsOf } from './words.ts';

/** The statements made under one condition. */
export interface Conditional {
  /** In the words of the statement with the lowest id. */
  readonly condition: string;
  readonly statements: readonly KnownStatement[];
}

export interface ByCondition {
  readonly unconditional: readonly KnownStatement[];
  /** By their words without case and punctuation: who names another condition says something else. */
  readonly conditions: readonly Conditional[];
}

/** Tells what was said without a condition from what was said under each. */
export const byCondition = (statements: readonly KnownStatement[]): ByCondition => {
  if (statements.every(({ condition }) => condition === null)) return { unconditional: statements, conditions: [] };
  const unconditional: KnownStatement[] = [];
  const groups = new Map<string, { id: string; condition: string; readonly statements: KnownStatement[] }>();
  for (const statement of statements) {
    const { id, condition } = statement;
    if (condition === null) {
      unconditional.push(statement);
      continue;
    }
    const words = wordsOf(condition) ?? condition;
    const group = groups.get(words);
    if (group === undefined) groups.set(words, { id, condition, statements: [statement] });
    else {
      group.statements.push(statement);
      if (id < group.id) Object.assign(group, { id, condition });
    }
  }
  const inOrder = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return { unconditional, conditions: inOrder.map(([, group]) => group) };
};
