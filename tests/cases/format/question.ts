import {
  bandSchema,
  changeKindSchema,
  changeStatusSchema,
  directionSchema,
  idSchema,
  nameSchema,
  stanceDirectionSchema,
  stanceStatusSchema,
} from '@stance/contracts';
import { z } from 'zod';

import { daySchema } from './step.ts';

const countSchema = z.int().min(0);
const weightSchema = z.number().min(0);
const noOrDay = daySchema.nullable();

const sideSchema = z.strictObject({ direction: stanceDirectionSchema, strength: bandSchema.nullable() }).partial();

const evidenceSchema = z
  .strictObject({
    statementId: idSchema,
    weight: weightSchema,
    role: z.enum(['opened', 'supports', 'opposes', 'reaffirms']),
  })
  .partial();

const changeSchema = z
  .strictObject({
    track: z.enum(['direction', 'strength']),
    kind: changeKindSchema,
    status: changeStatusSchema,
    from: sideSchema.nullable(),
    to: sideSchema,
    at: daySchema,
    confirmedAt: noOrDay,
    withdrawnAt: noOrDay,
    openedBy: idSchema,
    evidence: z.array(evidenceSchema),
    condition: z.string(),
    disownedBy: idSchema,
  })
  .partial();

const resolutionSchema = z
  .strictObject({
    at: daySchema,
    direction: stanceDirectionSchema,
    effect: z.enum(['opened', 'confirmed', 'withdrew', 'reaffirms']),
    by: z.array(z.strictObject({ statementId: idSchema, weight: weightSchema }).partial()),
  })
  .partial();

const contestedSchema = z
  .strictObject({
    at: daySchema,
    prevailing: stanceDirectionSchema.nullable(),
    kind: z.enum(['headline-against-text', 'outlets', 'same-document', 'accounts']),
    resolved: resolutionSchema.nullable(),
    weights: z.partialRecord(stanceDirectionSchema, weightSchema),
    accounts: z.array(
      z.strictObject({ statementId: idSchema, direction: stanceDirectionSchema, weight: weightSchema }).partial(),
    ),
  })
  .partial();

const segmentSchema = z
  .strictObject({
    direction: stanceDirectionSchema,
    strength: bandSchema.nullable(),
    from: daySchema,
    to: noOrDay,
    status: stanceStatusSchema,
    contested: z.boolean(),
    since: daySchema,
    claimedSince: noOrDay,
    claimedBy: idSchema.nullable(),
    weight: weightSchema,
  })
  .partial();

const stanceSchema = z
  .strictObject({
    /** `none`: no statement up to then. */
    status: z.enum([...stanceStatusSchema.options, 'none']),
    direction: stanceDirectionSchema.nullable(),
    strength: bandSchema.nullable(),
    since: noOrDay,
    claimedSince: noOrDay,
    claimedBy: idSchema.nullable(),
    provisional: changeSchema.nullable(),
    contested: contestedSchema.nullable(),
    statements: countSchema,
    reaffirmations: countSchema,
    lastSaidAt: noOrDay,
    evidence: z.array(evidenceSchema),
    conditional: z.array(
      z
        .strictObject({
          condition: z.string(),
          direction: stanceDirectionSchema,
          status: stanceStatusSchema,
          since: daySchema,
        })
        .partial(),
    ),
    implied: z.array(
      z.strictObject({ direction: stanceDirectionSchema, status: stanceStatusSchema, proposition: idSchema }).partial(),
    ),
  })
  .partial();

const statementSchema = z
  .strictObject({
    weight: weightSchema,
    role: z.string(),
    direction: directionSchema,
    placedAt: daySchema,
    reaffirmation: z.boolean(),
    contested: z.boolean(),
    vague: z.boolean(),
  })
  .partial();

/** What the words alone, or the votes alone, come to. */
const oneSideSchema = z
  .strictObject({
    status: stanceStatusSchema,
    direction: stanceDirectionSchema.nullable(),
    since: noOrDay,
    statements: countSchema,
    reaffirmations: countSchema,
  })
  .partial();

const saysAndDoesSchema = z
  .strictObject({
    says: oneSideSchema,
    does: oneSideSchema,
    parts: z.array(
      z
        .strictObject({ from: daySchema, to: noOrDay, says: stanceDirectionSchema, does: stanceDirectionSchema })
        .partial(),
    ),
  })
  .partial();

/** What may be said of an answer. What is not said is not compared; a list is compared whole, in order. */
export const expectedSchema = z
  .strictObject({
    stance: stanceSchema,
    changes: z.array(changeSchema),
    segments: z.array(segmentSchema),
    contested: z.array(contestedSchema),
    statements: z.record(idSchema, statementSchema),
    saysAndDoes: saysAndDoesSchema.nullable(),
    /** Who goes by the name, by id. */
    actors: z.array(idSchema),
    /** Who holds the offices among them. */
    heldBy: z.array(idSchema),
  })
  .partial();

export const questionSchema = z.strictObject({
  /** Asks who goes by this name, instead of for a stance. */
  name: nameSchema.optional(),
  holder: idSchema.optional(),
  proposition: idSchema.optional(),
  at: daySchema.optional(),
  knownAt: daySchema.optional(),
  because: z.string().min(1),
  ...expectedSchema.shape,
});

export type Expected = z.infer<typeof expectedSchema>;
