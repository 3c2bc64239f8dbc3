import type {
  MembershipRow,
  MembershipsWanted,
  MergeRow,
  RelationRow,
  RelationsReached,
  TopicRow,
} from '../registry-rows.ts';
import { inPieces, knownAtPosition, type ReadConnection } from './database.ts';

export const merges = (db: ReadConnection, knownAt: number): Promise<MergeRow[]> =>
  db
    .selectFrom('merges')
    .select(['position', 'actor', 'into_actor as into', 'reason'])
    .where(knownAtPosition('merges', knownAt))
    .orderBy('position')
    .execute();

const membershipColumns = [
  'position',
  'actor',
  'group_no as group',
  'role',
  'valid_from as validFrom',
  'valid_to as validTo',
  'on_behalf_of as onBehalfOf',
] as const;

const membershipsBy = (
  db: ReadConnection,
  column: 'actor' | 'group_no',
  numbers: readonly number[],
  knownAt: number,
): Promise<MembershipRow[]> =>
  inPieces(numbers, (piece) =>
    db
      .selectFrom('memberships')
      .select(membershipColumns)
      .where(column, 'in', piece)
      .where(knownAtPosition('memberships', knownAt))
      .execute(),
  );

const byPosition = (a: { readonly position: number }, b: { readonly position: number }): number =>
  a.position - b.position;

/** Each row once, although it was found from both its sides. */
const together = <Row extends { readonly position: number }>(...lists: readonly (readonly Row[])[]): Row[] =>
  [...new Map(lists.flat().map((row) => [row.position, row])).values()].sort(byPosition);

export const memberships = async (
  db: ReadConnection,
  { actors = [], groups = [] }: MembershipsWanted,
  knownAt: number,
): Promise<MembershipRow[]> =>
  together(await membershipsBy(db, 'actor', actors, knownAt), await membershipsBy(db, 'group_no', groups, knownAt));

const relationsBy = (
  db: ReadConnection,
  column: 'proposition' | 'related',
  numbers: readonly number[],
  knownAt: number,
): Promise<RelationRow[]> =>
  inPieces(numbers, (piece) =>
    db
      .selectFrom('relations')
      .select(['position', 'proposition', 'type', 'related'])
      .where(column, 'in', piece)
      .where(knownAtPosition('relations', knownAt))
      .execute(),
  );

export const relations = async (
  db: ReadConnection,
  propositions: readonly number[],
  knownAt: number,
): Promise<RelationRow[]> =>
  together(
    await relationsBy(db, 'proposition', propositions, knownAt),
    await relationsBy(db, 'related', propositions, knownAt),
  );

export const relationsReached = async (
  db: ReadConnection,
  { propositions, knownAt, most }: RelationsReached,
): Promise<RelationRow[]> =>
  together(
    await inPieces(propositions, (piece) =>
      db
        .withRecursive('reached(proposition)', (cte) =>
          cte
            .selectFrom('propositions')
            .select('propositions.no as proposition')
            .where('propositions.no', 'in', piece)
            .union(
              cte
                .selectFrom('reached')
                .innerJoin('relations', (join) =>
                  join.on((eb) =>
                    eb.or([
                      eb('relations.proposition', '=', eb.ref('reached.proposition')),
                      eb('relations.related', '=', eb.ref('reached.proposition')),
                    ]),
                  ),
                )
                .where((eb) => knownAtPosition('relations', knownAt)(eb))
                .select((eb) =>
                  eb
                    .case()
                    .when('relations.related', '=', eb.ref('reached.proposition'))
                    .then(eb.ref('relations.proposition'))
                    .else(eb.ref('relations.related'))
                    .end()
                    .as('proposition'),
                ),
            ),
        )
        .selectFrom('relations')
        .select(['position', 'relations.proposition', 'type', 'related'])
        .where('relations.proposition', 'in', (eb) =>
          eb.selectFrom('reached').select('reached.proposition').limit(most),
        )
        .where((eb) => knownAtPosition('relations', knownAt)(eb))
        .execute(),
    ),
  );

export const topics = (db: ReadConnection, knownAt: number): Promise<TopicRow[]> =>
  db
    .selectFrom('topics')
    .select(['position', 'id', 'name', 'parent', 'body'])
    .where(knownAtPosition('topics', knownAt))
    .orderBy('position')
    .execute();
