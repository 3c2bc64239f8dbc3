import type { ChangeRemovedData } from '@stance/contracts';
import type { StanceChange } from '@stance/domain';

import { markOf } from './audience.ts';
import type { Interest, Told } from './audience.ts';
import type { ChangeEntry } from './published-changes.ts';

/** Which changes a reader asks for; `null` where it does not matter. Days are counted from 1970-01-01. */
export interface ChangesFilter {
  readonly holder: string | null;
  readonly proposition: string | null;
  readonly kinds: readonly string[] | null;
  readonly statuses: readonly string[] | null;
  readonly from: number | null;
  readonly to: number | null;
}

const removed = ({ json, replacedBy }: ChangeEntry, reason: ChangeRemovedData['reason']): Told => ({
  name: 'StanceChangeRemoved',
  data:
    reason === 'gone' && replacedBy !== null
      ? `{"change":${json},"reason":"${reason}","replacedBy":"${replacedBy}"}`
      : `{"change":${json},"reason":"${reason}"}`,
});

const told = ({ json }: ChangeEntry, name: 'StanceChangeDetected' | 'StanceChangeRevised'): Told => ({
  name,
  data: `{"change":${json}}`,
});

/** The current set as far as it matches a filter, for whoever applies what is told in order. */
export const changeInterest = (filter: ChangesFilter): Interest<ChangeEntry> => {
  const { holder, proposition, kinds, statuses, from, to } = filter;
  const isWide = kinds === null && statuses === null && from === null && to === null;

  const fits = (change: StanceChange): boolean =>
    (kinds === null || kinds.includes(change.kind)) &&
    (statuses === null || statuses.includes(change.status)) &&
    (from === null || change.at >= from) &&
    (to === null || change.at <= to);

  return {
    ofHolder: holder !== null,
    audience(survivors) {
      // All that counts for an actor is published as the survivor's.
      const survivor = holder === null ? null : survivors.of(holder);
      const concerns = (entry: ChangeEntry): boolean =>
        (survivor === null || entry.holder === survivor) && (proposition === null || entry.proposition === proposition);
      return {
        all: isWide && holder === null && proposition === null,
        mark: holder === null || survivor === null ? '' : markOf(holder, [survivor]),
        tell(entry) {
          if (!concerns(entry)) return null;
          const { type } = entry;
          if (isWide) return type === 'StanceChangeRemoved' ? removed(entry, 'gone') : told(entry, type);
          const previous = type === 'StanceChangeDetected' ? null : entry.previous();
          const fitted = previous !== null && fits(previous);
          if (type === 'StanceChangeRemoved') return fitted ? removed(entry, 'gone') : null;
          if (fits(entry.change)) return told(entry, fitted ? 'StanceChangeRevised' : 'StanceChangeDetected');
          return fitted ? removed(entry, 'no-match') : null;
        },
        tellCurrent: (entry) => (concerns(entry) && fits(entry.change) ? told(entry, 'StanceChangeDetected') : null),
      };
    },
  };
};
