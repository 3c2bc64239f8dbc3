import type { ExpressionBuilder, Kysely, ReferenceExpression } from 'kysely';

import type { Rows } from '../rows.ts';

/** What queries run on: a connection within the transaction of one read. */
export type ReadConnection = Kysely<Rows>;

type VersionedTable =
  | 'statements'
  | 'actor_versions'
  | 'actor_names'
  | 'proposition_versions'
  | 'proposition_topics'
  | 'merges'
  | 'memberships'
  | 'relations'
  | 'topics';

/** Rows whose known-interval holds the position. */
export const knownAtPosition =
  <Table extends VersionedTable>(table: Table, knownAt: number) =>
  (eb: ExpressionBuilder<Rows, Table>) => {
    const position = `${table}.position` as ReferenceExpression<Rows, Table>;
    const knownTo = `${table}.known_to` as ReferenceExpression<Rows, Table>;
    return eb.and([
      eb(position, '<=', knownAt as never),
      eb.or([eb(knownTo, 'is', null as never), eb(knownTo, '>', knownAt as never)]),
    ]);
  };

/** What ended a version after `knownAt` was not known then. */
export const knownEnd = (knownTo: number | null, knownAt: number): number | null =>
  knownTo !== null && knownTo <= knownAt ? knownTo : null;

/** Well below what any database takes as parameters of one query. */
const valuesAQuery = 500;

/** The rows of any number of values, asked for in pieces; in the order of the pieces. */
export const inPieces = async <Value, Row>(
  values: readonly Value[],
  rowsOf: (piece: readonly Value[]) => Promise<readonly Row[]>,
): Promise<Row[]> => {
  const rows: Row[] = [];
  for (let index = 0; index < values.length; index += valuesAQuery) {
    for (const row of await rowsOf(values.slice(index, index + valuesAQuery))) rows.push(row);
  }
  return rows;
};
