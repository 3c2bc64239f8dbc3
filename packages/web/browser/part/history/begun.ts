import type { HistoryShown } from '../../data/history.ts';
import { dayOf, today } from '../../data/days.ts';
import type { Day } from '../../data/days.ts';

type DateAnswer = HistoryShown['history']['at'];
type Told = Pick<HistoryShown['history'], 'acrossHolders' | 'saysAndDoes'>;

/** The day that an answer is about. */
export const untilOf = ({ latest }: DateAnswer): Day => dayOf(latest) ?? today();

/** Whether something had begun by a day: answers tell in hindsight what came later, too. */
export const hadBegun = ({ earliest }: DateAnswer, until: Day): boolean => (dayOf(earliest) ?? until) <= until;

/** Documents that told of several holders by then. */
export const acrossBy = ({ acrossHolders = [] }: Told, until: Day): NonNullable<Told['acrossHolders']> =>
  acrossHolders
    .map((across) => ({ ...across, accounts: across.accounts.filter(({ saidAt }) => hadBegun(saidAt, until)) }))
    .filter(({ accounts }) => new Set(accounts.map(({ holder }) => holder)).size > 1);

/** Words and votes, as far as there were both by then. */
export const saysAndDoesBy = ({ saysAndDoes }: Told, until: Day): Told['saysAndDoes'] => {
  if (saysAndDoes === undefined) return undefined;
  const by = <Item extends { readonly from: DateAnswer }>(items: Item[]): Item[] =>
    items.filter(({ from }) => hadBegun(from, until));
  const { says, does, parts } = saysAndDoes;
  const both = {
    says: { ...says, segments: by(says.segments) },
    does: { ...does, segments: by(does.segments) },
    parts: by(parts),
  };
  return both.says.segments.length === 0 || both.does.segments.length === 0 ? undefined : both;
};
