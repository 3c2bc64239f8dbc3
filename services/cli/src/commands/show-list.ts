import { rowLimit, type Session } from '../session.ts';

export interface ShownList<Item> {
  /** The list, of which a page holds at most so many; as many as the service gives where it is not said. */
  readonly list: (limit: number | undefined) => AsyncIterable<Item>;
  /** As the command was given it. */
  readonly limit: number | undefined;
  /** What people are told where the list is empty. */
  readonly none: string;
  /** Shows an item to people; `row` counts from 0. */
  readonly print: (item: Item, row: number) => Promise<void> | void;
}

const largestPage = 1000;

/** Shows a list as far as the limit goes, and tells people where there is more of it. */
export const showList = async <Item>(
  { terminal }: Session,
  { list, limit, none, print }: ShownList<Item>,
): Promise<void> => {
  const most = rowLimit(limit, terminal);
  let rows = 0;
  // One more than is shown: whether there is any.
  for await (const item of list(most === undefined ? undefined : Math.min(most + 1, largestPage))) {
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
