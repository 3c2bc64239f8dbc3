import type { ExpressionBuilder, SqlBool, Expression } from 'kysely';

import type { ChangeKey, ChangesFound, ChangesPage } from '../read-model.ts';
import type { Rows } from '../rows.ts';
import { historyKey } from '../tables.ts';
import type { ReadConnection } from './database.ts';

/** How many changes one query looks through for those that match: what bounds the time that it takes. */
const windowSize = 20_000;

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

const inRange =
  ({ from, to, after }: ChangesPage) =>
  (eb: ChangesExpression): Expression<SqlBool> => {
    const parts: Expression<SqlBool>[] = [];
    if (from !== null) parts.push(eb('changes.day', '>=', from));
    const last = after === null ? to : to === null ? after.day : Math.min(to, after.day);
    if (last !== null) parts.push(eb('changes.day', '<=', last));
    if (after !== null) {
      parts.push(
        eb.or([
          eb('changes.day', '<', after.day),
          eb(
            eb.refTuple('changes.history', 'changes.track', 'changes.opened'),
            '>',
            eb.tuple(after.history, after.track, after.opened),
          ),
        ]),
      );
    }
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

/** The changes of one holder, one proposition, or one history: few enough to be sorted at once. */
const ofHistories = async (db: ReadConnection, page: ChangesPage): Promise<ChangesFound> => {
  const { holder, proposition, limit } = page;
  let histories = db.selectFrom('histories').select('histories.history');
  if (holder !== null && proposition !== null) {
    histories = histories.where('histories.history', '=', historyKey(holder, proposition));
  } else if (holder !== null) {
    histories = histories
      .where('histories.history', '>=', historyKey(holder, 0))
      .where('histories.history', '<', historyKey(holder + 1, 0));
  } else if (proposition !== null) histories = histories.where('histories.proposition', '=', proposition);
  const rows = await db
    .selectFrom('changes')
    .select(columns)
    .where('changes.history', 'in', histories)
    .where(inRange(page))
    .where(matching(page))
    .orderBy('changes.day', 'desc')
    .orderBy('changes.history')
    .orderBy('changes.track')
    .orderBy('changes.opened')
    .limit(limit)
    .execute();
  return { rows, more: rows.length < limit ? null : (rows.at(-1) ?? null) };
};

/** The key that the window which starts after `page.after` ends with; `null` where the list ends before. */
const windowEnd = async (db: ReadConnection, page: ChangesPage): Promise<ChangeKey | null> =>
  (await db
    .selectFrom('changes')
    .select(['changes.history', 'changes.track', 'changes.opened', 'changes.day'])
    .where(inRange(page))
    .orderBy('changes.day', 'desc')
    .orderBy('changes.history')
    .orderBy('changes.track')
    .orderBy('changes.opened')
    .limit(1)
    .offset(windowSize - 1)
    .executeTakeFirst()) ?? null;

const ofAll = async (db: ReadConnection, page: ChangesPage): Promise<ChangesFound> => {
  const filtered = page.kinds !== null || page.statuses !== null || page.untouchedAfter !== null;
  const rows = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('changes')
        .select(columns)
        .where(inRange(page))
        .orderBy('changes.day', 'desc')
        .orderBy('changes.history')
        .orderBy('changes.track')
        .orderBy('changes.opened')
        .limit(filtered ? windowSize : page.limit)
        .as('changes'),
    )
    .select(columns)
    .where(matching(page))
    .orderBy('changes.day', 'desc')
    .orderBy('changes.history')
    .orderBy('changes.track')
    .orderBy('changes.opened')
    .limit(page.limit)
    .execute();
  if (rows.length === page.limit) return { rows, more: rows.at(-1) ?? null };
  return { rows, more: filtered ? await windowEnd(db, page) : null };
};

export const changes = (db: ReadConnection, page: ChangesPage): Promise<ChangesFound> =>
  page.holder === null && page.proposition === null ? ofAll(db, page) : ofHistories(db, page);
