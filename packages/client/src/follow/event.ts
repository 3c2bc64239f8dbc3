import type { ChangeStreamEvent, StatementStreamEvent } from '../contract/answer.ts';

/** An event of the wire with its data laid out: `{ type, id, ... }`. */
type Told<Event> = Event extends { readonly id: string; readonly event: infer Type; readonly data: infer Data }
  ? Readonly<{ type: Type; id: string } & Data>
  : never;

/**
 * What happens to the set of changes. `StanceChangeDetected` and `StanceChangeRevised` put `change` in, by its id;
 * `StanceChangeRemoved` takes it out; `reset`: what was told up to now does not hold any more, all that there is follows;
 * `position`: everything up to here was told. To go on after any of them, keep its `id`.
 */
export type ChangeEvent = Told<ChangeStreamEvent>;

/** The same of statements; `statement` is told as it was known from that event on. */
export type StatementEvent = Told<StatementStreamEvent>;

export const changeEventTypes = [
  'StanceChangeDetected',
  'StanceChangeRevised',
  'StanceChangeRemoved',
  'reset',
  'position',
] as const satisfies readonly ChangeEvent['type'][];

export const statementEventTypes = [
  'StatementMade',
  'StatementCorrected',
  'StatementRetracted',
  'reset',
  'position',
] as const satisfies readonly StatementEvent['type'][];
