import { ProblemError, sameJson, streamOf } from '@stance/contracts';
import type { PropositionInput, PropositionRevision, PropositionRevisedData, StanceEvent } from '@stance/contracts';

import { readEvents } from './read-events.ts';
import type { Decision } from './write-to-stream.ts';
import type { Store } from './store.ts';
import { newEvent } from './write-context.ts';
import type { NewId, WriteContext } from './write-context.ts';
import { writeToStream } from './write-to-stream.ts';
import { replacing } from './written.ts';
import type { Replacing } from './written.ts';

export interface Propositions {
  /**
   * Says what a proposition is: defines it, or revises its text, topics or language. What is said already is a
   * duplicate.
   *
   * @throws ProblemError `concurrent-write`, `stream-unreadable`, or a failure of the store
   */
  put(id: string, proposition: PropositionInput, context: WriteContext): Promise<Replacing<PropositionInput>>;
  /**
   * Gives a proposition a new wording; topics and language stay. The wording that it has is a duplicate.
   *
   * @throws ProblemError `unknown-proposition`, `concurrent-write`, `stream-unreadable`, or a failure of the store
   */
  revise(id: string, revision: PropositionRevision, context: WriteContext): Promise<Replacing<PropositionInput>>;
}

const lastWording = (events: readonly StanceEvent[]) =>
  events.findLast((event) => event.type === 'PropositionDefined' || event.type === 'PropositionRevised');

type Wording = NonNullable<ReturnType<typeof lastWording>>;

/** What a wording says, without why it was given. */
const saidIn = ({ data: { text, topics, language } }: { readonly data: PropositionInput }): PropositionInput => ({
  text,
  ...(topics === undefined ? {} : { topics }),
  ...(language === undefined ? {} : { language }),
});

/** What a proposition was, if anything was said of it but its id. */
const formerOf = (last: Wording | undefined): PropositionInput | undefined =>
  last === undefined || (last.type === 'PropositionDefined' && last.data.inPassing) ? undefined : saidIn(last);

export const createPropositions = (store: Store, newId: NewId): Propositions => {
  const revised = (
    last: Wording,
    events: readonly StanceEvent[],
    data: PropositionRevisedData,
    context: WriteContext,
  ): Decision => {
    const { stream, revision, position } = last;
    if (sameJson(saidIn(last), saidIn({ data })))
      return { written: { stream, revision, position, outcome: 'duplicate' } };
    return { append: newEvent(newId, context, 'PropositionRevised', data), after: events.length - 1 };
  };

  return {
    async put(id, proposition, context) {
      const stream = streamOf('proposition', id);
      const data = { propositionId: id, ...proposition };
      let replaced: PropositionInput | undefined;
      const written = await writeToStream(store, stream, async () => {
        const events = await readEvents(store, stream);
        const last = lastWording(events);
        replaced = formerOf(last);
        if (last !== undefined) return revised(last, events, data, context);
        const event = newEvent(newId, context, 'PropositionDefined', { ...data, inPassing: false });
        return { append: event, after: -1 };
      });
      return replacing(written, replaced);
    },

    async revise(id, { text, reason }, context) {
      const stream = streamOf('proposition', id);
      let replaced: PropositionInput | undefined;
      const written = await writeToStream(store, stream, async () => {
        const events = await readEvents(store, stream);
        const last = lastWording(events);
        replaced = formerOf(last);
        if (last === undefined) {
          throw new ProblemError('unknown-proposition', { detail: `There is no proposition "${id}".` });
        }
        const data = { propositionId: id, ...saidIn(last), text, ...(reason === undefined ? {} : { reason }) };
        return revised(last, events, data, context);
      });
      return replacing(written, replaced);
    },
  };
};
