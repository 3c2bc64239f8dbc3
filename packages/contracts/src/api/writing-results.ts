import { z } from 'zod';

import { actorInputSchema } from '../actor.ts';
import { idSchema } from '../ids.ts';
import { inputIssueSchema } from '../problem.ts';
import { propositionInputSchema } from '../proposition.ts';
import { topicInputSchema } from '../topic.ts';
import { revisionSchema } from './common.ts';
import { positionSchema } from './reading/date.ts';

export const outcomeSchema = z
  .enum(['accepted', 'duplicate'])
  .meta({ id: 'Outcome', description: '`duplicate`: it was recorded before, and nothing was written' });

export const recordedStateSchema = z
  .enum(['active', 'corrected', 'retracted'])
  .meta({ id: 'RecordedState', description: 'What became of a statement that was recorded before' });

const written = {
  stream: z.string(),
  revision: revisionSchema,
  position: positionSchema,
  outcome: outcomeSchema,
};

/** With `duplicate`, `revision` and `position` are those of the event that said it first. */
export const statementWrittenSchema = z
  .strictObject({ statementId: idSchema, ...written, state: recordedStateSchema.optional() })
  .meta({ id: 'StatementWritten', description: 'It is durable. `state` comes with a duplicate' });

const replaced = <Input extends z.ZodType>(input: Input) =>
  z.optional(input).meta({ description: 'What was said before, where this says something else' });

export const actorWrittenSchema = z
  .strictObject({ actorId: idSchema, ...written, replaced: replaced(actorInputSchema) })
  .meta({ id: 'ActorWritten' });

export const propositionWrittenSchema = z
  .strictObject({ propositionId: idSchema, ...written, replaced: replaced(propositionInputSchema) })
  .meta({ id: 'PropositionWritten' });

export const topicWrittenSchema = z
  .strictObject({ topicId: idSchema, ...written, replaced: replaced(topicInputSchema) })
  .meta({ id: 'TopicWritten' });

/** Why a line was rejected: a problem without what all lines of a request share. */
export const lineErrorSchema = z
  .strictObject({
    code: z.string(),
    detail: z.string(),
    retryable: z.boolean(),
    errors: z.array(inputIssueSchema).optional(),
    fields: z.array(z.string()).optional(),
  })
  .meta({ id: 'LineError', description: 'Why a line was rejected' });

/** What became of one line. */
export const lineResultSchema = z
  .strictObject({
    line: z.int().min(1),
    outcome: z.enum(['accepted', 'duplicate', 'rejected']),
    statementId: idSchema.optional(),
    position: positionSchema.optional(),
    state: recordedStateSchema.optional(),
    error: lineErrorSchema.optional(),
  })
  .meta({ id: 'LineResult', description: 'What became of one line; lines count from 1' });

/** The last line of an answer: with `results=errors` always, else only where the work stopped before the last line. */
export const linesSummarySchema = z
  .strictObject({
    summary: z.strictObject({
      accepted: z.int().min(0),
      duplicate: z.int().min(0),
      rejected: z.int().min(0),
      position: positionSchema.meta({ description: 'The highest position of all that was accepted or a duplicate' }),
      stopped: z
        .strictObject({ afterLine: z.int().min(0), error: lineErrorSchema })
        .optional()
        .meta({ description: 'The lines after this one were not looked at' }),
    }),
  })
  .meta({ id: 'LinesSummary', description: 'The closing line of an answer' });

export type StatementWritten = z.infer<typeof statementWrittenSchema>;
export type ActorWritten = z.infer<typeof actorWrittenSchema>;
export type PropositionWritten = z.infer<typeof propositionWrittenSchema>;
export type TopicWritten = z.infer<typeof topicWrittenSchema>;
export type RecordedState = z.infer<typeof recordedStateSchema>;
export type LineError = z.infer<typeof lineErrorSchema>;
export type LineResult = z.infer<typeof lineResultSchema>;
export type LinesSummary = z.infer<typeof linesSummarySchema>;
