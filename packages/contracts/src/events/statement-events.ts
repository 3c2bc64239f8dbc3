import { z } from 'zod';

import { correctedFields } from '../correction.ts';
import { idSchema } from '../ids.ts';
import { statementContentSchema } from '../statement.ts';
import { reasonSchema } from '../text.ts';
import { firstVersion, nextVersion } from './event-type.ts';

/** What all that befalls a statement after it was made names. */
export const statementIdentity = ['statementId', 'holder', 'proposition'];

/** A statement was recorded for the first time: revision 0 of `statement-<id>`. */
export const statementMadeSchema = z.strictObject({ statementId: idSchema, statement: statementContentSchema });

const statementCorrectedFirst = z.strictObject({
  statementId: idSchema,
  holder: idSchema,
  proposition: idSchema,
  reason: reasonSchema,
  /** The JSON Merge Patch (RFC 7396) as submitted, without `reason`: what makes a repeated correction a duplicate. */
  patch: z.record(z.string(), z.unknown()),
  /** The whole statement as it stands after the correction. */
  statement: statementContentSchema,
});

/** The record of a statement was corrected: what we wrote down was wrong. Never a change of mind. */
export const statementCorrectedSchema = z.strictObject({
  ...statementCorrectedFirst.shape,
  /** The fields that it changed, by their paths (`saidAt`, `source.title`), sorted. */
  changed: z.array(z.string()),
});

export const statementCorrected = nextVersion(
  firstVersion(statementCorrectedFirst, [...statementIdentity, 'statement']),
  {
    schema: statementCorrectedSchema,
    change:
      'lists in `changed` the fields that are another now, by their paths (`saidAt`, `source.title`), so that a corrected ' +
      'date can be told from a corrected direction; before, there was only the JSON Merge Patch, which may also name what ' +
      'was so already. Of an event of version 1, the fields that its patch names',
    upcast: (data) => ({ ...data, changed: correctedFields(data.patch) }),
    identity: [...statementIdentity, 'changed', 'statement'],
  },
);

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
