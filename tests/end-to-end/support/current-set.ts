import { changeId } from '@stance/contracts';
import { defaultMethod } from '@stance/domain';
import type { StanceChange } from '@stance/domain';
import type { TableRowsReader } from '@stance/read-model';

/** The current set of changes of a read model: what each says, by its id. */
export const currentSet = async (rows: TableRowsReader): Promise<Map<string, string>> => {
  const current = new Map<string, string>();
  for await (const { holder, proposition, body } of rows.changes()) {
    const { track, openedBy } = JSON.parse(body) as StanceChange;
    current.set(changeId({ method: defaultMethod.name, holder, proposition, track, openedBy }), body);
  }
  return current;
};
