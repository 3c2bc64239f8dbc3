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
