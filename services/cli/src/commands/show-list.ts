import { listItems } from '../client/list.ts';
import type { Query } from '../client/client.ts';
import { rowLimit, type Session } from '../session.ts';

export interface ShownList<Item> {
  readonly path: string;
  readonly query: Query;
  /** As the command was given it. */
  readonly limit: number | undefined;
  /** What people are told where the list is empty. */
  readonly none: string;
  /** Shows an item to people; `row` counts from 0. */
  readonly print: (item: Item, row: number) => Promise<void> | void;
}

/** Shows a list as far as the limit goes, and tells people where there is more of it. */
export const showList = async <Item>(
  { terminal, client }: Session,
  { path, query, limit, none, print }: ShownList<Item>,
): Promise<void> => {
  const most = rowLimit(limit, terminal);
  let rows = 0;
  // One more than is shown: whether there is any.
  for await (const item of listItems<Item>(client, path, query, most === undefined ? undefined : most + 1)) {
    if (rows === most) {
      if (!terminal.json) terminal.note(`The first ${rows}; --limit gives more.`);
      return;
    }
    if (terminal.json) terminal.data(item);
    else await print(item, rows);
    rows++;
    await terminal.drained();
    if (terminal.closed) return;
  }
  if (rows === 0 && !terminal.json) terminal.line(none);
};
