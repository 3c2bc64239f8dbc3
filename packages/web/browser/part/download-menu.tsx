import { useRef, useState } from 'preact/hooks';

import { asPng, save } from '../download/save.ts';
import { text } from '../text/index.ts';

type Made = string | Promise<string>;

export interface DownloadMenuProps {
  /** What the files are called, without their ending. */
  readonly file: string;
  /** As SVG; absent where there is no picture. */
  readonly picture?: () => string;
  readonly csv: () => Made;
  readonly ndjson: () => Made;
}

/** What is shown, to take along: as a picture, as data, or on paper. Each is made once it is wanted. */
export const DownloadMenu = ({ file, picture, csv, ndjson }: DownloadMenuProps) => {
  const menu = useRef<HTMLDetailsElement>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const keep = (make: () => Promise<void> | void) => async (): Promise<void> => {
    setFailure(null);
    try {
      await make();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  const pictures =
    picture === undefined
      ? []
      : ([
          [text.download.svg, () => save(`${file}.svg`, 'image/svg+xml', picture())],
          [text.download.png, async () => save(`${file}.png`, 'image/png', await asPng(picture()))],
        ] as const);
  const items = [
    ...pictures,
    [text.download.csv, async () => save(`${file}.csv`, 'text/csv', await csv())],
    [text.download.ndjson, async () => save(`${file}.ndjson`, 'application/x-ndjson', await ndjson())],
    [text.download.print, () => window.print()],
  ] as const;
  return (
    <details
      ref={menu}
      class="menu"
      onKeyDown={(event) => {
        const { current } = menu;
        if (event.key !== 'Escape' || current?.open !== true) return;
        current.open = false;
        current.querySelector('summary')?.focus();
      }}
    >
      <summary>{text.download.label}</summary>
      <div class="menu-items">
        {items.map(([name, make]) => (
          <button key={name} type="button" onClick={() => void keep(make)()}>
            {name}
          </button>
        ))}
        {failure === null ? null : <p role="alert">{failure}</p>}
      </div>
    </details>
  );
};
