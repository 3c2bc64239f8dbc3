import { z } from 'zod';

import { changeSchema } from './change.ts';
import { instantSchema } from './date.ts';
import { evidenceSchema } from './evidence.ts';

/**
 * Statements are named, and not quoted: what was published cannot be taken back where a statement is erased.
 */
export const namedEvidenceSchema = evidenceSchema.pick({ role: true, statementId: true, weight: true }).meta({
  id: 'NamedEvidence',
  description: 'A statement that something rests on, by its id: what it weighs and what it did',
});

/** A change as it is published, by whatever way: a part of what `GET /v1/changes` answers, in the same shape. */
export const publishedChangeSchema = changeSchema
  .omit({ incomplete: true })
  .extend({
    evidence: z
      .array(namedEvidenceSchema)
      .max(20)
      .meta({ description: 'By id alone; `GET /v1/statements/{id}` has the words' }),
    detectedAt: instantSchema.meta({ description: 'When it was first published' }),
    revision: z.int().min(0).meta({ description: 'How often it was published again since it was detected' }),
  })
  .meta({ id: 'PublishedChange', description: 'A step between two segments of a stance history, as it is published' });

/** What is published of a change. */
export const changeEventTypes = ['StanceChangeDetected', 'StanceChangeRevised', 'StanceChangeRemoved'] as const;

export type ChangeEventType = (typeof changeEventTypes)[number];
export type PublishedChangeAnswer = z.infer<typeof publishedChangeSchema>;
