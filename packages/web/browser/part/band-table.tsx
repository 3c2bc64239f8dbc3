import { bandInWords } from '../chart/band-words.ts';
import type { Band } from '../data/bands.ts';
import { text } from '../text/index.ts';

export interface BandTableProps {
  readonly isOpen: boolean;
  readonly open: (isOpen: boolean) => void;
  readonly bands: readonly Band[];
  readonly nameOf: (band: Band) => string;
}

/** The bands in words; made once somebody wants it. */
export const BandTable = ({ isOpen, open, bands, nameOf }: BandTableProps) => (
  <details open={isOpen} onToggle={({ currentTarget }) => open(currentTarget.open)}>
    <summary>{text.bands.table}</summary>
    {isOpen ? (
      <table>
        <tbody>
          {bands.map((band) => (
            <tr key={`${band.holder} ${band.proposition}`}>
              <th scope="row">{nameOf(band)}</th>
              <td>{bandInWords(band)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    ) : null}
  </details>
);
