import { useMemo } from 'preact/hooks';

import { go, place } from '../../address/current.ts';
import { useExtent } from '../../address/extent.ts';
import { fromTheTop } from '../../address/place.ts';
import { byHistory } from '../../data/change-difference.ts';
import type { Difference } from '../../data/change-difference.ts';
import type { Day } from '../../data/days.ts';
import { dayInWords } from '../../text/dates.ts';
import { text } from '../../text/index.ts';
import { differencesAsCsv, differencesAsNdjson } from '../../download/change-data.ts';
import { DownloadMenu } from '../download-menu.tsx';
import { More } from '../more.tsx';
import { DifferenceHistory } from './difference-history.tsx';
import { countInWords } from '../../text/weights.ts';
import { whenInWords } from '../../text/when.ts';

export interface DifferenceListProps {
  readonly differences: readonly Difference[];
  /** The day up to which nothing was compared, since there was too much; `null`: all was. */
  readonly until: Day | null;
  /** So many changes were read at most. */
  readonly most: number;
  readonly from: string;
  readonly to: string | undefined;
  readonly at: string | undefined;
}

/** So many histories are shown at a time. */
const aPage = 50;
/** Above so many one wants to see one kind alone. */
const manyHistories = 5;

const marks: readonly Difference['mark'][] = ['new', 'gone', 'otherwise'];

/** What differs, history by history, and how much that is. */
export const DifferenceList = ({ differences, until, most, from, to, at }: DifferenceListProps) => {
  const extent = useExtent('rows', aPage);
  const { value: here } = place;
  const only = here.view === 'between' ? (marks.find((mark) => mark === here.only) ?? null) : null;
  const all = useMemo(() => byHistory(differences), [differences]);
  const histories = useMemo(
    () => (only === null ? all : byHistory(differences.filter(({ mark }) => mark === only))),
    [all, differences, only],
  );
  const count = (mark: Difference['mark']): number =>
    differences.filter((difference) => difference.mark === mark).length;
  const left = histories.length - extent.shown;
  return (
    <>
      {until === null ? null : (
        <p class="notice" role="status">
          {text.between.partial(countInWords(most), dayInWords(until))}
        </p>
      )}
      <p role="status">
        <strong>
          {whenInWords(from)} → {whenInWords(to)}:
        </strong>{' '}
        {differences.length === 0
          ? text.between.none
          : text.between.count(all.length, count('new'), count('gone'), count('otherwise'))}
      </p>
      {differences.length === 0 ? null : (
        <div class="tools">
          <DownloadMenu
            file="what-we-learnt"
            csv={() => differencesAsCsv(differences)}
            ndjson={() => differencesAsNdjson(differences)}
          />
        </div>
      )}
      {all.length > manyHistories ? (
        <div class="tools">
          <label>
            {text.between.show}
            <select
              value={only ?? ''}
              onChange={({ currentTarget: { value } }) => {
                if (here.view !== 'between') return;
                const { only: _before, ...rest } = fromTheTop(here);
                go(value === '' ? rest : { ...rest, only: value }, { replace: true });
              }}
            >
              <option value="">{text.between.all}</option>
              {marks.map((mark) => (
                <option key={mark} value={mark}>
                  {text.between.mark[mark]}
                </option>
              ))}
            </select>
          </label>
        </div>
      ) : null}
      {histories.slice(0, extent.shown).map((history) => (
        <DifferenceHistory
          key={`${history.holder} ${history.proposition}`}
          history={history}
          from={from}
          to={to}
          at={at}
        />
      ))}
      {left > 0 ? <More extent={extent}>{text.between.more(Math.min(left, aPage))}</More> : null}
    </>
  );
};
