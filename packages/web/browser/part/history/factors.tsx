import type { Statement } from '../../data/side.ts';
import { text } from '../../text/index.ts';
import { weightInWords } from '../../text/weights.ts';

const words = text.history;

/** What the method found, where the page has words for it. */
const found: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  authority: words.authority,
  directness: words.directness,
  part: words.part,
};

const valueInWords = ({ name, value }: Statement['factors'][number]): string => found[name]?.[value] ?? value;

export interface FactorsProps {
  readonly statement: Pick<Statement, 'factors' | 'weight'>;
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
            <td>{valueInWords(factor)}</td>
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
