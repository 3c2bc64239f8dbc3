import { layoutOf } from '@stance/postgres';
import type { Connection } from '@stance/postgres';

import { checkLayout } from './schema.ts';

/** Opens what is read in a transaction, after a check of the layout wherever the tables may be others than before. */
export type LayoutCheck = <Opened extends { readonly generation: string }>(
  connection: Connection,
  open: () => Promise<Opened>,
) => Promise<Opened>;

/**
 * Sees to it that tables of another layout are told as that, although another read model may take the place of the one
 * that was opened at any time.
 *
 * @throws ReadModelError `read-model-missing`, `read-model-foreign-schema` or `read-model-outdated`.
 */
export const createLayoutCheck = (schema: string): LayoutCheck => {
  /** The generation of the read model whose layout is known to be right. */
  let checked: string | null = null;

  return async (connection, open) => {
    const before = checked;
    const check = async (): Promise<void> => {
      checkLayout(await layoutOf(connection, schema), schema);
    };
    if (before === null) await check();
    try {
      const opened = await open();
      if (before !== null && before !== opened.generation) await check();
      checked = opened.generation;
      return opened;
    } catch (error) {
      // Where it failed because the tables are others by now, the next one says so.
      checked = null;
      throw error;
    }
  };
};
