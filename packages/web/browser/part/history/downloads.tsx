import { useState } from 'preact/hooks';

import type { Horizon } from '../../address/place.ts';
import { service } from '../../data/service.ts';
import type { HistoryShown } from '../../data/history.ts';
import type { Statement } from '../../data/side.ts';
import { asPng, save } from '../../download/save.ts';
import { statementsAsCsv, statementsAsNdjson } from '../../download/statement-data.ts';
import { text } from '../../text/index.ts';

export interface HistoryDownloadsProps {
  readonly shown: HistoryShown;
  readonly horizon: Horizon;
  /** The picture, as SVG. */
  readonly picture: () => string;
}

/** All statements, those that are not at hand too. */
const allOf = async ({ explanation, statements, after }: HistoryShown, horizon: Horizon): Promise<Statement[]> => {
  const all = [...statements];
  if (after === undefined) return all;
  const { holder, proposition } = explanation;
  const query = { ...horizon, after, limit: 1000 };
  for await (const statement of service.histories.explainedStatements(holder, proposition, query)) all.push(statement);
  return all;
};

/** A history to take along: its picture, or all its statements. */
export const HistoryDownloads = ({ shown, horizon, picture }: HistoryDownloadsProps) => {
  const [failure, setFailure] = useState<string | null>(null);
  const file = `${shown.history.holder}-${shown.history.proposition}`;
  const keep = (making: () => Promise<void> | void) => async () => {
    setFailure(null);
    try {
      await making();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  const items = [
    [text.download.svg, keep(() => save(`${file}.svg`, 'image/svg+xml', picture()))],
    [text.download.png, keep(async () => save(`${file}.png`, 'image/png', await asPng(picture())))],
    [
      text.download.csv,
      keep(async () => save(`${file}.csv`, 'text/csv', statementsAsCsv(await allOf(shown, horizon)))),
    ],
    [
      text.download.ndjson,
      keep(async () => save(`${file}.ndjson`, 'application/x-ndjson', statementsAsNdjson(await allOf(shown, horizon)))),
    ],
    [text.download.print, () => window.print()],
  ] as const;
  return (
    <details class="menu">
      <summary>{text.download.label}</summary>
      <div class="menu-items">
        {items.map(([name, make]) => (
          <button key={name} type="button" onClick={() => void make()}>
            {name}
          </button>
        ))}
        {failure === null ? null : <p role="alert">{failure}</p>}
      </div>
    </details>
  );
};
