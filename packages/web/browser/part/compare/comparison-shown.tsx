import type { HolderComparisonAnswer } from '@stance/client';
import { useMemo } from 'preact/hooks';

import type { Horizon } from '../../address/place.ts';
import { matrixOf } from '../../data/agreement-matrix.ts';
import { standingRows } from '../../data/standings.ts';
import { dateInWords } from '../../text/dates.ts';
import { text } from '../../text/index.ts';
import { AgreementTable } from './agreement-table.tsx';
import { JointMoves } from './joint-moves.tsx';
import { matrixAsCsv, matrixAsNdjson } from '../../download/matrix-data.ts';
import { matrixAsSvg } from '../../download/matrix-picture.tsx';
import { standingsAsCsv, standingsAsNdjson } from '../../download/standing-data.ts';
import { DownloadMenu } from '../download-menu.tsx';
import { StandingTable } from './standing-table.tsx';

export interface ComparisonShownProps {
  readonly answer: HolderComparisonAnswer;
  /** What the topic is called; `null`: it is about a proposition. */
  readonly topicName: string | null;
  readonly horizon: Horizon;
  /** The topic or the proposition, by which the downloads are called. */
  readonly subject: string;
}

/** Who agrees with whom, who stands where, who moved with whom. */
export const ComparisonShown = ({ answer, topicName, horizon, subject }: ComparisonShownProps) => {
  const { holders, propositions, agreement, period, incomplete } = answer;
  const matrix = useMemo(() => matrixOf(holders, agreement ?? []), [holders, agreement]);
  const rows = useMemo(() => standingRows(answer), [answer]);
  return (
    <>
      <p role="status">
        {topicName === null ? '' : `${text.compare.onTopic(topicName)} `}
        {text.compare.scope(holders.length, propositions.length, dateInWords(period.to))}
        {incomplete === true ? ` ${text.compare.incomplete}` : ''}
      </p>
      {propositions.length === 0 ? (
        <p>{text.compare.nothing}</p>
      ) : (
        <>
          <section>
            <h2>{text.compare.agreement.title}</h2>
            {agreement === undefined ? (
              <p>{text.compare.agreement.large}</p>
            ) : holders.length < 2 ? (
              <p>{text.compare.agreement.one}</p>
            ) : (
              <>
                <div class="tools">
                  <DownloadMenu
                    file={`agreement-${subject}`}
                    picture={() => matrixAsSvg(matrix)}
                    csv={() => matrixAsCsv(matrix)}
                    ndjson={() => matrixAsNdjson(matrix)}
                  />
                </div>
                <AgreementTable matrix={matrix} />
              </>
            )}
          </section>
          <section>
            <h2>{text.compare.standing.title}</h2>
            <div class="tools">
              <DownloadMenu
                file={`standings-${subject}`}
                csv={() => standingsAsCsv(matrix.holders, rows)}
                ndjson={() => standingsAsNdjson(matrix.holders, rows)}
              />
            </div>
            <StandingTable holders={matrix.holders} rows={rows} horizon={horizon} />
          </section>
          <section>
            <h2>{text.compare.together.title}</h2>
            <JointMoves answer={answer} horizon={horizon} file={`moves-${subject}`} />
          </section>
        </>
      )}
    </>
  );
};
