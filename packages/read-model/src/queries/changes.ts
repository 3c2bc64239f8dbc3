import { sql } from 'kysely';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';

import type { ChangeKey, ChangesFound, ChangesPage } from '../read-model.ts';
import type { Rows } from '../rows.ts';
import { historyKey } from '../tables.ts';
import type { ReadConnection } from './database.ts';

/** How many changes one query looks through for those that match: what bounds the time that it takes. */
const windowSize = 10_000;

const columns = [
  'changes.history',
  'changes.track',
  'changes.opened',
  'changes.day',
  'changes.kind',
  'changes.status',
  'changes.body',
] as const;

type ChangesExpression = ExpressionBuilder<Rows, 'changes'>;

/** Whether a change stands in the list before (`<`), after or at a key. The list runs backwards. */
const comparedTo = (eb: ChangesExpression, operator: '<' | '>=', key: ChangeKey): Expression<SqlBool> =>
  eb(
    eb.refTuple('changes.day', 'changes.history', 'changes.track', 'changes.opened'),
    operator,
    eb.tuple(key.day, key.history, key.track, key.opened),
  );

const inRange =
  ({ from, to, after, kinds, statuses }: ChangesPage) =>
  (eb: ChangesExpression): Expression<SqlBool> => {
    const parts: Expression<SqlBool>[] = [];
    if (from !== null) parts.push(eb('changes.day', '>=', from));
    if (to !== null) parts.push(eb('changes.day', '<=', to));
    if (after !== null) parts.push(comparedTo(eb, '<', after));
    // Word for word the conditions of the indexes of these, which are chosen by them.
    if (statuses !== null && !statuses.includes('confirmed')) {
      parts.push(eb('changes.status', '<>', sql.lit('confirmed')));
    }
    if (kinds !== null && !kinds.includes('first')) parts.push(eb('changes.kind', '<>', sql.lit('first')));
    return eb.and(parts);
  };

const matching =
  ({ kinds, statuses, untouchedAfter }: ChangesPage) =>
  (eb: ChangesExpression): Expression<SqlBool> => {
    const parts: Expression<SqlBool>[] = [];
    if (kinds !== null) parts.push(eb('changes.kind', 'in', kinds));
    if (statuses !== null) parts.push(eb('changes.status', 'in', statuses));
    if (untouchedAfter !== null) {
      parts.push(
        eb.exists(
          eb
            .selectFrom('histories')
            .select('histories.history')
            .whereRef('histories.history', '=', 'changes.history')
            .where('histories.last_position', '<=', untouchedAfter),
        ),
      );
    }
    return eb.and(parts);
  };

const inListOrder = (db: ReadConnection) =>
  db
    .selectFrom('changes')
    .orderBy('changes.day', 'desc')
    .orderBy('changes.history', 'desc')
    .orderBy('changes.track', 'desc')
    .orderBy('changes.opened', 'desc');

const pageOf = (db: ReadConnection, page: ChangesPage) =>
  inListOrder(db).where(inRange(page)).where(matching(page)).limit(page.limit);

/**
 * The changes of one holder, one proposition, or one history: few enough to be sorted at once. An index holds all that
 * this takes; the rows themselves are read of the page alone.
 */
const ofHistories = async (db: ReadConnection, asked: ChangesPage): Promise<ChangesFound> => {
  const { holder, proposition, limit } = asked;
  let histories = db.selectFrom('histories').select('histories.history');
  if (holder !== null && proposition !== null) {
    histories = histories.where('histories.history', '=', historyKey(holder, proposition));
  } else if (holder !== null) {
    histories = histories
      .where('histories.history', '>=', historyKey(holder, 0))
      .where('histories.history', '<', historyKey(holder + 1, 0));
  } else if (proposition !== null) histories = histories.where('histories.proposition', '=', proposition);
  const page = pageOf(db, asked).select('changes.no').where('changes.history', 'in', histories);
  const rows = await inListOrder(db).select(columns).where('changes.no', 'in', page).execute();
  return { rows, more: rows.length < limit ? null : (rows.at(-1) ?? null) };
};

/** The key that the window which starts after `page.after` ends with; `null` where the list ends before. */
const windowEnd = async (db: ReadConnection, page: ChangesPage): Promise<ChangeKey | null> =>
  (await inListOrder(db)
    .select(['changes.history', 'changes.track', 'changes.opened', 'changes.day'])
    .where(inRange(page))
    .limit(1)
    .offset(windowSize - 1)
    .executeTakeFirst()) ?? null;

const ofAll = async (db: ReadConnection, page: ChangesPage): Promise<ChangesFound> => {
  const filtered = page.kinds !== null || page.statuses !== null || page.untouchedAfter !== null;
  const end = filtered ? await windowEnd(db, page) : null;
  const query = pageOf(db, page).select(columns);
  const rows = await (end === null ? query : query.where((eb) => comparedTo(eb, '>=', end))).execute();
  return { rows, more: rows.length === page.limit ? (rows.at(-1) ?? null) : end };
};

export const changes = (db: ReadConnection, page: ChangesPage): Promise<ChangesFound> =>
  page.holder === null && page.proposition === null ? ofAll(db, page) : ofHistories(db, page);
