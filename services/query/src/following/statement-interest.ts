import { markOf } from './audience.ts';
import type { Interest, Told } from './audience.ts';
import type { StatementEntry } from './recorded-statements.ts';

/** Which statements a reader asks for; `null` where it does not matter. */
export interface StatementsFilter {
  readonly holder: string | null;
  readonly proposition: string | null;
}

/** The statements recorded with a holder, or with one who answers as that one, about a proposition. */
export const statementInterest = ({ holder, proposition }: StatementsFilter): Interest<StatementEntry> => ({
  ofHolder: holder !== null,
  audience(survivors) {
    const holders = holder === null ? null : survivors.members(survivors.of(holder));
    const tell = (entry: StatementEntry): Told | null =>
      (holders === null || holders.includes(entry.holder)) &&
      (proposition === null || entry.proposition === proposition)
        ? { name: entry.name, data: `{"statement":${entry.json}}` }
        : null;
    return {
      all: holder === null && proposition === null,
      mark: holder === null || holders === null ? '' : markOf(holder, holders),
      tell,
      tellCurrent: tell,
    };
  },
});
