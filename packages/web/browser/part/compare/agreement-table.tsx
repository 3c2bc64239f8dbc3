import { discSize, ShareDisc } from '../../chart/share-disc.tsx';
import { shareOf } from '../../data/agreement-matrix.ts';
import type { Agreement, AgreementMatrix } from '../../data/agreement-matrix.ts';
import { percentInWords } from '../../text/numbers.ts';
import { text } from '../../text/index.ts';

const Pair = ({ pair }: { readonly pair: Agreement | null }) => {
  if (pair === null)
    return (
      <td class="same">
        <span class="visually-hidden">{text.compare.agreement.same}</span>
      </td>
    );
  const share = shareOf(pair);
  if (share === null)
    return (
      <td>
        <span aria-hidden="true">–</span>
        <span class="visually-hidden">{text.compare.agreement.none}</span>
      </td>
    );
  const percent = percentInWords(share);
  return (
    <td>
      <svg width={discSize} height={discSize} aria-hidden="true">
        <ShareDisc share={share} />
      </svg>
      <span aria-hidden="true">
        <span class="percent">{percent}</span>
        <span class="of">{text.compare.agreement.of(pair.agree, pair.both)}</span>
      </span>
      <span class="visually-hidden">{text.compare.agreement.share(percent, pair.agree, pair.both)}</span>
    </td>
  );
};

/** How far each two holders agree. */
export const AgreementTable = ({ matrix: { holders, rows } }: { readonly matrix: AgreementMatrix }) => (
  <div class="wide" role="region" aria-label={text.compare.agreement.label} tabIndex={0}>
    <table class="agreement">
      <caption>{text.compare.agreement.caption}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">{text.compare.agreement.holder}</span>
          </th>
          {holders.map(({ id, name }) => (
            <th key={id} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => {
          const holder = holders[index];
          return holder === undefined ? null : (
            <tr key={holder.id}>
              <th scope="row">{holder.name}</th>
              {row.map((pair, column) => (
                <Pair key={holders[column]?.id} pair={pair} />
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  </div>
);
