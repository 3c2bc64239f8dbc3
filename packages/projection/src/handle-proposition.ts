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

const endTopics = (batch: Batch, { topics, version }: PropositionWork, ended: readonly string[], at: number): void => {
  if (version === null) return;
  if (topics?.batch === batch.no) for (const row of topics.rows) row[3] = at;
  else for (const topic of ended) batch.rows.update('proposition_topics', ['known_to'], [at, version.position, topic]);
};

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
  const topics = data.topics ?? before?.topics ?? [];
  endTopics(batch, proposition, [...new Set(before?.topics)], position);
  const body: PropositionBody = {
    text: data.text,
    topics,
    language: data.language ?? before?.language,
    reason: event.type === 'PropositionRevised' ? event.data.reason : undefined,
  };
  const text = JSON.stringify(body);
  const row = batch.rows.insert('proposition_versions', [position, proposition.no, revision, null, data.text, text]);
  proposition.version = { position, revision, body: text, open: { batch: batch.no, row } };
  proposition.topics = {
    batch: batch.no,
    rows: [...new Set(topics)].map((topic) =>
      batch.rows.insert('proposition_topics', [position, topic, proposition.no, null]),
    ),
  };
  for (const word of wordsOf(data.text)) batch.rows.add('search_words', ['p', word, proposition.no]);
};
