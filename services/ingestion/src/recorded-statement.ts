import { streamOf } from '@stance/contracts';
import type {
  RecordedState,
  StanceEvent,
  StatementContent,
  StatementCorrected,
  StatementMade,
  StatementRetracted,
} from '@stance/contracts';

import { readEvents } from './read-events.ts';
import type { Store } from './store.ts';

/** A statement as its stream has it. */
export interface RecordedStatement {
  readonly made: StatementMade;
  readonly corrections: readonly StatementCorrected[];
  readonly retraction: StatementRetracted | null;
  /** The revision of the last event. */
  readonly revision: number;
  /** As it stands after all corrections. */
  readonly content: StatementContent;
}

/**
 * The statement of this id, `null` where none was recorded.
 *
 * @throws ProblemError `stream-unreadable`, or a failure of the store
 */
export const readStatement = async (store: Store, id: string): Promise<RecordedStatement | null> => {
  const events = await readEvents(store, streamOf('statement', id));
  const made = events.find((event) => event.type === 'StatementMade');
  if (made === undefined) return null;
  const corrections = events.filter(isCorrection);
  return {
    made,
    corrections,
    retraction: events.find((event) => event.type === 'StatementRetracted') ?? null,
    revision: events.length - 1,
    content: corrections.at(-1)?.data.statement ?? made.data.statement,
  };
};

const isCorrection = (event: StanceEvent): event is StatementCorrected => event.type === 'StatementCorrected';

export const stateOf = ({ corrections, retraction }: RecordedStatement): RecordedState => {
  if (retraction !== null) return 'retracted';
  return corrections.length > 0 ? 'corrected' : 'active';
};
