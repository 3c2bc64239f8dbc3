import type { Statement } from '../../data/side.ts';
import { text } from '../../text/index.ts';
import { countInWords, weightInWords } from '../../text/weights.ts';
import { nilInWords } from './why.ts';

const words = text.history;

/** What the method found, where the page has words for it. */
const found: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  authority: words.authority,
  directness: words.directness,
  part: words.part,
};

/** What the method found there; `''`: the number beside it says all. */
const valueInWords = ({ name, value }: Statement['factors'][number], statement: Statement): string => {
  switch (name) {
    case 'chain':
      return words.statement.links(countInWords(Number.parseInt(value, 10)));
    case 'certainty':
    case 'confidence':
      return '';
    case 'ground':
      return words.statement.noMore(weightInWords(statement.ground?.weight ?? 0));
    case 'recorded-vote':
      return words.part.record;
    case 'no-weight':
      return nilInWords(statement);
    default:
      return found[name]?.[value] ?? (value === 'notGiven' ? words.statement.notGiven : value);
  }
};

export interface FactorsProps {
  readonly statement: Statement;
  readonly isOpen: boolean;
}

/** The factors whose product is the weight. */
export const Factors = ({ statement, isOpen }: FactorsProps) => (
  <details class="factors" open={isOpen}>
    <summary>{words.statement.factors}</summary>
    <table>
      <tbody>
        {statement.factors.map((factor) => (
          <tr key={factor.name}>
            <th scope="row">{words.factor[factor.name]}</th>
            <td>{valueInWords(factor, statement)}</td>
            <td class="number">× {weightInWords(factor.factor)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            {words.statement.weight}
          </th>
          <td class="number">= {weightInWords(statement.weight)}</td>
        </tr>
      </tfoot>
    </table>
  </details>
);
