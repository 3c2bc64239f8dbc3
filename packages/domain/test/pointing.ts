import { defaultMethod, foldHistory, groundHistories, historyId } from '../src/index.ts';
import type { Ground, HistoryName, KnownHistory, KnownStatement } from '../src/index.ts';
import { statement } from './given.ts';

const about = 'p';
export const of = (holder: string, proposition = about): HistoryName => ({ holder, proposition });

/** Said by another holder. */
export const by = (holder: string, given: KnownStatement): KnownStatement => ({ ...given, holder, speaker: holder });

/** An endorsement, unless said otherwise. */
export const points = (
  holder: string,
  id: string,
  at: HistoryName,
  date: string,
  given: Partial<KnownStatement> = {},
): KnownStatement => by(holder, statement(id, null, date, { act: 'endorse', pointsAt: at, ...given }));

/** All statements are about one proposition. */
export const histories = (all: readonly KnownStatement[]): Map<string, KnownHistory> => {
  const known = new Map<string, KnownStatement[]>();
  for (const one of all) {
    const id = historyId(of(one.holder));
    known.set(id, [...(known.get(id) ?? []), one]);
  }
  return new Map(
    [...known].map(([id, some]) => [
      id,
      { statements: some, disownings: some.filter(({ disowns }) => disowns !== null) },
    ]),
  );
};

export const folded = (holder: string, ...all: readonly KnownStatement[]) =>
  foldHistory(groundHistories(histories(all), defaultMethod).get(historyId(of(holder))) ?? [], defaultMethod);

export const groundOf = (id: string, ...all: readonly KnownStatement[]): Ground | null | undefined =>
  [...groundHistories(histories(all), defaultMethod).values()].flat().find((one) => one.id === id)?.ground;
