import { changeId } from '@stance/contracts';
import type { StanceChange } from '@stance/domain';
import type { TableRowsReader } from '@stance/read-model';

/** The current set of changes by their ids, as the feed names them. */
export const currentChanges = async function* (
  rows: TableRowsReader,
): AsyncGenerator<{ readonly id: string; readonly body: string }> {
  const { method } = rows.checkpoint;
  for await (const { holder, proposition, body } of rows.changes()) {
    // The projection wrote this text itself.
    const { track, openedBy } = JSON.parse(body) as StanceChange;
    yield { id: changeId({ method, holder, proposition, track, openedBy }), body };
  }
};
