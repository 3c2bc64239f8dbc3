import type { Band } from '../data/bands.ts';
import type { Day } from '../data/days.ts';
import { bandsAsCsv, bandsAsNdjson } from '../download/band-data.ts';
import { bandsAsSvg } from '../download/band-picture.tsx';
import { asPng, save } from '../download/save.ts';
import { text } from '../text/index.ts';

export interface DownloadsProps {
  /** What the files are called, without their ending. */
  readonly file: string;
  readonly bands: readonly Band[];
  readonly nameOf: (band: Band) => string;
  readonly extent: readonly [Day, Day];
}

/** What is shown, to take along: as a picture, or as data. */
export const Downloads = ({ file, bands, nameOf, extent }: DownloadsProps) => {
  const picture = (): string => bandsAsSvg({ bands, nameOf, extent });
  return (
    <details class="menu">
      <summary>{text.download.label}</summary>
      <div class="menu-items">
        <button type="button" onClick={() => save(`${file}.svg`, 'image/svg+xml', picture())}>
          {text.download.svg}
        </button>
        <button
          type="button"
          onClick={() => void asPng(picture()).then((png) => save(`${file}.png`, 'image/png', png))}
        >
          {text.download.png}
        </button>
        <button type="button" onClick={() => save(`${file}.csv`, 'text/csv', bandsAsCsv(bands))}>
          {text.download.csv}
        </button>
        <button type="button" onClick={() => save(`${file}.ndjson`, 'application/x-ndjson', bandsAsNdjson(bands))}>
          {text.download.ndjson}
        </button>
        <button type="button" onClick={() => window.print()}>
          {text.download.print}
        </button>
      </div>
    </details>
  );
};
