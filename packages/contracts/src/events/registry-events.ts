import { z } from 'zod';

import { idSchema } from '../ids.ts';
import { membershipSchema } from '../membership.ts';
import { mergeInputSchema, unmergeInputSchema } from '../merge.ts';
import { relationSchema } from '../relation.ts';
import { skippedEventSchema } from '../skip.ts';
import { topicInputSchema } from '../topic.ts';
import { firstVersion, nextVersion } from './event-type.ts';

/** From now on the actor answers as `into`, or as whom that one is merged into. */
export const actorMergedSchema = z.strictObject({ actorId: idSchema, ...mergeInputSchema.shape });

/** From now on the actor is one of its own again. */
export const actorUnmergedSchema = z.strictObject({ actorId: idSchema, ...unmergeInputSchema.shape });

/** Replaces an earlier one with the same actor, group, role and `from`. */
export const membershipRecordedSchema = z.strictObject({ actorId: idSchema, ...membershipSchema.shape });

const propositionRelatedFirst = z.strictObject({ propositionId: idSchema, ...relationSchema.shape });

/** Reads as a sentence: `from` entails, contradicts or narrows `to`. */
export const propositionRelatedSchema = z.strictObject({ from: idSchema, ...relationSchema.shape });

export const propositionRelated = nextVersion(firstVersion(propositionRelatedFirst, ['propositionId', 'type', 'to']), {
  schema: propositionRelatedSchema,
  change:
    'names the two ends `from` and `to`; before, the first was `propositionId`, as if the event were about that one alone, ' +
    'and whoever gathered events by `propositionId` missed the relation at its other end',
  upcast: ({ propositionId, type, to }) => ({ from: propositionId, type, to }),
  identity: ['from', 'type', 'to'],
});

/** The whole of what is said of the topic from now on. */
export const topicDefinedSchema = z.strictObject({ topicId: idSchema, ...topicInputSchema.shape });

/**
 * An operator's word that an event nobody can handle counts for nothing; `wholeStream`: and with it all of its stream, what
 * is yet to come included.
 */
export const eventSkippedSchema = skippedEventSchema;

export type ActorMergedData = z.infer<typeof actorMergedSchema>;
export type ActorUnmergedData = z.infer<typeof actorUnmergedSchema>;
export type MembershipRecordedData = z.infer<typeof membershipRecordedSchema>;
export type PropositionRelatedData = z.infer<typeof propositionRelatedSchema>;
export type TopicDefinedData = z.infer<typeof topicDefinedSchema>;
export type EventSkippedData = z.infer<typeof eventSkippedSchema>;
