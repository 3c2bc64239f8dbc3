import type { ComponentChildren } from 'preact';

import { place } from '../../address/current.ts';
import { addressOf } from '../../address/place.ts';

/** Leads to the same history with one statement chosen. */
export const StatementLink = ({ id, children }: { readonly id: string; readonly children: ComponentChildren }) => {
  const { value: here } = place;
  return here.view === 'history' ? (
    <a href={addressOf({ ...here, statement: id })}>{children}</a>
  ) : (
    <span>{children}</span>
  );
};
