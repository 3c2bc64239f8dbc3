import { watermarkType } from '@stance/distribution';
import type { FeedMessage } from '@stance/distribution';

/** As a reader of the topic of all entries does: by generation and sequence, in each partition by itself. */
export const heldByEntries = (
  partitions: readonly (readonly FeedMessage[])[],
  /** Up to the first watermark of this generation and sequence; `undefined`: to the end. */
  until?: { readonly generation: number; readonly sequence: number },
): Map<string, string> => {
  const set = new Map<string, string>();
  for (const records of partitions) {
    let held = new Map<string, string>();
    let place = { generation: 0, sequence: 0 };
    for (const { value, headers } of records) {
      const generation = Number(headers['ce_generation']);
      const sequence = Number(headers['ce_sequence']);
      if (generation < place.generation) continue;
      if (generation > place.generation) {
        held = new Map();
        place = { generation, sequence: 0 };
      }
      if (headers['ce_type'] === watermarkType) {
        if (generation === until?.generation && sequence === until.sequence) break;
        continue;
      }
      if (sequence <= place.sequence) continue;
      place = { generation, sequence };
      const id = headers['ce_subject'] ?? '';
      if (headers['ce_type'] === 'StanceChangeRemoved') held.delete(id);
      else held.set(id, value ?? '');
    }
    for (const [id, value] of held) set.set(id, value);
  }
  return set;
};

/** As a reader of the compacted topic does, who knows nothing but keys and values. */
export const heldByCurrent = (partitions: readonly (readonly FeedMessage[])[]): Map<string, string> => {
  const set = new Map<string, string>();
  for (const { key, value } of partitions.flat()) {
    if (key === null) throw new Error('a record of a compacted topic has a key');
    if (value === null) set.delete(key);
    else set.set(key, value);
  }
  return set;
};

/** Watermarks that stand in every partition. */
export const sharedWatermarks = (
  partitions: readonly (readonly FeedMessage[])[],
): { readonly generation: number; readonly sequence: number }[] => {
  const [first = [], ...others] = partitions.map((records) =>
    records
      .filter(({ headers }) => headers['ce_type'] === watermarkType)
      .map(({ headers }) => `${headers['ce_generation'] ?? ''} ${headers['ce_sequence'] ?? ''}`),
  );
  return [...new Set(first)]
    .filter((mark) => others.every((marks) => marks.includes(mark)))
    .map((mark) => mark.split(' ').map(Number))
    .map(([generation = 0, sequence = 0]) => ({ generation, sequence }));
};
