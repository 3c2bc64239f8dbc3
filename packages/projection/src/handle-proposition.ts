import type { PropositionDefined, PropositionRevised } from '@stance/contracts';
import { wordsOf } from '@stance/read-model';

import type { Batch } from './batch.ts';
import { PoisonError } from './poison.ts';
import type { PropositionWork } from './state.ts';

/** A proposition's version, as its row's `body` holds it. */
interface PropositionBody {
  readonly text: string;
  readonly topics: readonly string[];
  readonly language?: string | undefined;
  readonly reason?: string | undefined;
}

/** A new wording. Topics and language that it does not name stay as they were. */
export const handleProposition = (
  batch: Batch,
  proposition: PropositionWork,
  event: PropositionDefined | PropositionRevised,
): void => {
  const { position, revision, data } = event;
  if ((event.type === 'PropositionDefined') !== (revision === 0)) {
    throw new PoisonError('out-of-sequence', `${event.type} cannot be revision ${String(revision)} of ${event.stream}`);
  }
  const last = proposition.version;
  // The projection wrote this text itself.
  const before = last === null ? null : (JSON.parse(last.body) as PropositionBody);
  if (last?.open?.batch === batch.no) last.open.row[3] = position;
  else if (last !== null) batch.rows.update('proposition_versions', ['known_to'], [position, last.position]);
  const body: PropositionBody = {
    text: data.text,
    topics: data.topics ?? before?.topics ?? [],
    language: data.language ?? before?.language,
    reason: event.type === 'PropositionRevised' ? event.data.reason : undefined,
  };
  const text = JSON.stringify(body);
  const row = batch.rows.insert('proposition_versions', [position, proposition.no, revision, null, data.text, text]);
  proposition.version = { position, revision, body: text, open: { batch: batch.no, row } };
  for (const word of wordsOf(data.text)) batch.rows.add('search_words', ['p', word, proposition.no]);
};
