import type { AgreementMatrix } from '../../data/agreement-matrix.ts';
import { matrixAsCsv, matrixAsNdjson } from '../../download/matrix-data.ts';
import { matrixAsSvg } from '../../download/matrix-picture.tsx';
import { asPng, save } from '../../download/save.ts';
import { text } from '../../text/index.ts';

export interface MatrixDownloadsProps {
  /** What the files are called, without their ending. */
  readonly file: string;
  readonly matrix: AgreementMatrix;
}

/** The matrix, to take along: as a picture, or as data. */
export const MatrixDownloads = ({ file, matrix }: MatrixDownloadsProps) => (
  <details class="menu">
    <summary>{text.download.label}</summary>
    <div class="menu-items">
      <button type="button" onClick={() => save(`${file}.svg`, 'image/svg+xml', matrixAsSvg(matrix))}>
        {text.download.svg}
      </button>
      <button
        type="button"
        onClick={() => void asPng(matrixAsSvg(matrix)).then((png) => save(`${file}.png`, 'image/png', png))}
      >
        {text.download.png}
      </button>
      <button type="button" onClick={() => save(`${file}.csv`, 'text/csv', matrixAsCsv(matrix))}>
        {text.download.csv}
      </button>
      <button type="button" onClick={() => save(`${file}.ndjson`, 'application/x-ndjson', matrixAsNdjson(matrix))}>
        {text.download.ndjson}
      </button>
      <button type="button" onClick={() => window.print()}>
        {text.download.print}
      </button>
    </div>
  </details>
);
