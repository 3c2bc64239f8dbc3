import { useExtent } from '../../address/extent.ts';
import { addressOf } from '../../address/place.ts';
import type { Horizon } from '../../address/place.ts';
import type { ComparedHolder } from '../../data/agreement-matrix.ts';
import type { StandingRow } from '../../data/standings.ts';
import { dateInWords } from '../../text/dates.ts';
import { text } from '../../text/index.ts';
import { More } from '../more.tsx';
import { StandingMark } from './standing-mark.tsx';

export interface StandingTableProps {
  readonly holders: readonly ComparedHolder[];
  readonly rows: readonly StandingRow[];
  readonly horizon: Horizon;
}

/** So many propositions are shown at a time. */
const aPage = 50;

/** On one proposition: a line for each holder, with room for the day. */
const OfOneProposition = ({ holders, rows, horizon }: StandingTableProps) => (
  <table>
    <caption>{rows[0]?.propositionText}</caption>
    <thead>
      <tr>
        <th scope="col">{text.compare.agreement.holder}</th>
        <th scope="col">{text.compare.standing.stance}</th>
        <th scope="col">{text.compare.standing.since}</th>
      </tr>
    </thead>
    <tbody>
      {holders.map(({ id, name }, index) => {
        const stance = rows[0]?.stances[index] ?? null;
        const since = stance?.now?.since;
        return (
          <tr key={id}>
            <th scope="row">
              <a href={addressOf({ view: 'actor', actor: id, ...horizon })}>{name}</a>
            </th>
            <td>
              <StandingMark stance={stance} horizon={horizon} />
            </td>
            <td>{since === undefined || since === null ? '' : dateInWords(since)}</td>
          </tr>
        );
      })}
    </tbody>
  </table>
);

const OfMany = ({ holders, rows, horizon }: StandingTableProps) => {
  const extent = useExtent('rows', aPage);
  const left = rows.length - extent.shown;
  return (
    <>
      <div class="wide" role="region" aria-label={text.compare.standing.label} tabIndex={0}>
        <table class="standings">
          <caption>{text.compare.standing.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{text.compare.standing.proposition}</th>
              {holders.map(({ id, name }) => (
                <th key={id} scope="col">
                  <a href={addressOf({ view: 'actor', actor: id, ...horizon })}>{name}</a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, extent.shown).map(({ proposition, propositionText, stances }) => (
              <tr key={proposition}>
                <th scope="row">
                  <a href={addressOf({ view: 'proposition', proposition, ...horizon })}>{propositionText}</a>
                </th>
                {stances.map((stance, index) => (
                  <td key={holders[index]?.id}>
                    <StandingMark stance={stance} horizon={horizon} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {left > 0 ? <More extent={extent}>{text.compare.standing.more(Math.min(left, aPage))}</More> : null}
    </>
  );
};

/** Who stands where. */
export const StandingTable = (props: StandingTableProps) =>
  props.rows.length === 1 ? <OfOneProposition {...props} /> : <OfMany {...props} />;
