import { z } from 'zod';

import { idSchema } from '../ids.ts';
import { statementContentSchema } from '../statement.ts';
import { reasonSchema } from '../text.ts';

/** A statement was recorded for the first time: revision 0 of `statement-<id>`. */
export const statementMadeSchema = z.strictObject({ statementId: idSchema, statement: statementContentSchema });

/** The record of a statement was corrected: what we wrote down was wrong. Never a change of mind. */
export const statementCorrectedSchema = z.strictObject({
  statementId: idSchema,
  holder: idSchema,
  proposition: idSchema,
  reason: reasonSchema,
  /** The JSON Merge Patch (RFC 7396) as submitted, without `reason`: what makes a repeated correction a duplicate. */
  patch: z.record(z.string(), z.unknown()),
  /** The whole statement as it stands after the correction. */
  statement: statementContentSchema,
});

/** A statement was taken out of the record: it should never have been in it. */
export const statementRetractedSchema = z.strictObject({
  statementId: idSchema,
  holder: idSchema,
  proposition: idSchema,
  reason: reasonSchema,
});

export type StatementMadeData = z.infer<typeof statementMadeSchema>;
export type StatementCorrectedData = z.infer<typeof statementCorrectedSchema>;
export type StatementRetractedData = z.infer<typeof statementRetractedSchema>;
