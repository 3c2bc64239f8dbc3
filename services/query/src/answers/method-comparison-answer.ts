import type {
  ChangeByMethodAnswer,
  StanceByMethodAnswer,
  StatementByMethodsAnswer,
  MethodComparisonAnswer,
  MethodReference,
  NumberDifferenceAnswer,
} from '@stance/contracts';
import type {
  Factor,
  NumberDifference,
  PlacedStatement,
  StanceChange,
  StanceView,
  StatementDifference,
} from '@stance/domain';
import { spokenDirection } from '@stance/domain';

import type { ComparedHistory } from '../method-comparisons.ts';
import { dayAnswer } from '../dates.ts';
import { changeAnswer } from './change-answer.ts';
import type { Materials } from './materials.ts';

/** The statements whose words a comparison shows. */
export const statementsOfComparison = ({ comparison }: ComparedHistory): string[] =>
  comparison.statements.map(({ a }) => a.statement.id);

/** The changes that a comparison shows as one of the two methods has them. */
export const changesOfComparison = (
  { history, comparison }: ComparedHistory,
  side: 'a' | 'b',
): { readonly history: number; readonly change: StanceChange }[] =>
  comparison.changes.flatMap((difference) => {
    const change = difference[side];
    return change === null ? [] : [{ history, change }];
  });

export const numberDifferences = (differences: readonly NumberDifference[]): NumberDifferenceAnswer[] =>
  differences.map(({ path, a, b }) => ({ name: path, a, b }));

const stanceOf = ({ statements, status, direction, strength, since }: StanceView): StanceByMethodAnswer | null =>
  statements === 0 ? null : { status, direction, strength, since: since === null ? null : dayAnswer(since) };

const weightOf = ({ weight, role }: PlacedStatement) => ({ weight, role });

/** What a statement points at may hold its weight down by one method only: a factor that is not there changes nothing. */
const factorsOf = (a: readonly Factor[], b: readonly Factor[]): StatementByMethodsAnswer['factors'] => {
  const factorOf = (factors: readonly Factor[], name: Factor['name']): number =>
    factors.find((factor) => factor.name === name)?.factor ?? 1;
  const onlyB = b.filter(({ name }) => !a.some((factor) => factor.name === name));
  return [...a, ...onlyB].map(({ name, value }) => ({ name, value, a: factorOf(a, name), b: factorOf(b, name) }));
};

const statementOf = ({ a, b }: StatementDifference, materials: Materials): StatementByMethodsAnswer[] => {
  const shown = materials.statement(a.statement.id);
  if (shown === undefined) return [];
  const { quote } = shown.content;
  const direction = spokenDirection(a.statement);
  return [
    {
      statementId: a.statement.id,
      ...(direction === null ? {} : { direction }),
      saidAt: shown.saidAt,
      ...(quote === undefined ? {} : { quote: { exact: quote.exact, directness: quote.directness } }),
      a: weightOf(a),
      b: weightOf(b),
      factors: factorsOf(a.factors, b.factors),
    },
  ];
};

/** One of the methods, and what its changes are told with. */
export interface ComparedSide {
  readonly method: MethodReference;
  readonly materials: Materials;
}

export const methodComparisonAnswer = (
  { history, comparison, differentChanges, differentStatements }: ComparedHistory,
  a: ComparedSide,
  b: ComparedSide,
): MethodComparisonAnswer => {
  const changeOf = (change: StanceChange | null, { method, materials }: ComparedSide): ChangeByMethodAnswer | null => {
    if (change === null) return null;
    const told = changeAnswer(history, change, materials, method);
    const { id, track, kind, from, to, at, confirmedAt, withdrawnAt, status, openedBy } = told;
    return {
      id,
      track,
      kind,
      from,
      to,
      at,
      ...(confirmedAt === undefined ? {} : { confirmedAt }),
      ...(withdrawnAt === undefined ? {} : { withdrawnAt }),
      status,
      openedBy,
    };
  };
  return {
    ...a.materials.subject(history),
    a: stanceOf(comparison.a),
    b: stanceOf(comparison.b),
    changes: comparison.changes.map((difference) => ({ a: changeOf(difference.a, a), b: changeOf(difference.b, b) })),
    differentChanges,
    numbers: numberDifferences(comparison.numbers),
    statements: comparison.statements.flatMap((difference) => statementOf(difference, a.materials)),
    differentStatements,
    ...(a.materials.incomplete(history) ? { incomplete: true as const } : {}),
  };
};
