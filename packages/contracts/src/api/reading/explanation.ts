import { z } from 'zod';

import { nameSchema } from '../../actor.ts';
import { changeIdSchema, changeSchema } from './change.ts';
import { dateAnswerSchema, methodReferenceSchema, positionSchema } from './date.ts';
import { disputeSchema } from './dispute.ts';
import { bandSchema, evidenceSchema } from './evidence.ts';
import { stanceDirectionSchema } from './stance-direction.ts';
import { stanceStatusSchema } from './stance-status.ts';
import { holderAndPropositionFields, weightsSchema } from './stance.ts';
import { historyStatementSchema } from './statement.ts';

const whySchema = z.string().meta({ description: 'The same in words' });
const sumSchema = z.number().min(0);

export const factorSchema = z
  .strictObject({
    name: z.enum([
      'authority',
      'directness',
      'part',
      'chain',
      'certainty',
      'confidence',
      'ground',
      'recorded-vote',
      'no-weight',
    ]),
    value: z.string().meta({ description: 'What was found there' }),
    factor: z.number().min(0).max(1).meta({ description: 'The number that the method has for it' }),
  })
  .meta({ id: 'Factor', description: 'One factor of a weight' });

export const momentEffectSchema = z
  .enum(['none', 'opened', 'supports', 'confirmed', 'opposes', 'withdrew', 'reaffirms'])
  .meta({
    id: 'MomentEffect',
    description:
      'What a moment did for the direction; opened: also where it confirmed at once what it opened; none: it opened nothing and added to nothing',
  });

export const explainedMomentSchema = z
  .strictObject({
    at: dateAnswerSchema,
    direction: stanceDirectionSchema
      .nullable()
      .meta({ description: 'null: nothing in it weighs, or it is contested and no account prevails' }),
    adds: sumSchema.meta({ description: 'What it adds for its direction: the sum over its independent utterances' }),
    weights: weightsSchema,
    contested: z.boolean(),
    effect: momentEffectSchema,
    why: whySchema,
  })
  .meta({ id: 'ExplainedMoment', description: 'What a holder said about a proposition on one day, and what it did' });

export const explainedStatementSchema = historyStatementSchema
  .extend({
    speakerName: nameSchema.optional(),
    factors: z.array(factorSchema).meta({ description: 'Their product is the weight' }),
    moment: explainedMomentSchema.nullable().meta({ description: 'null: its date is too vague for one' }),
    why: whySchema,
  })
  .meta({ id: 'ExplainedStatement', description: 'A statement, why it weighs what it does, and what it did' });

export const settlingRuleSchema = z.enum(['strong', 'enough', 'outweighed', 'third-side', 'direction-changed']).meta({
  id: 'SettlingRule',
  description:
    'By which rule a change was settled. Confirmed: strong: an utterance that settles by itself; enough: the sum for it reached `enough` and more than the sum against it. Withdrawn: outweighed: the former side added as much; third-side: a third direction or band was stated; direction-changed: of a strength, as the direction changed',
});

export const stepEntrySchema = z
  .strictObject({
    at: dateAnswerSchema,
    effect: z.enum(['opened', 'supports', 'opposes', 'ends']),
    adds: sumSchema,
    for: sumSchema.meta({ description: 'What the moments for the change add up to, this one included' }),
    against: sumSchema.meta({ description: 'The same of those against it; of a `first`, of all other directions' }),
    settles: settlingRuleSchema.optional(),
    statements: z.array(evidenceSchema.omit({ role: true })).meta({ description: 'Its weightiest, at most three' }),
    statementCount: z.int().min(0).meta({ description: 'How many speak in it: repetitions are left out' }),
    why: whySchema,
  })
  .meta({ id: 'StepEntry', description: 'What one moment did for a change, and the two sums after it' });

export const explainedChangeSchema = z
  .strictObject({
    change: changeSchema,
    entries: z.array(stepEntrySchema).max(50).meta({ description: 'In order; of more than 50 the first and last 25' }),
    entryCount: z.int().min(0).meta({ description: '0: what opened it was taken back' }),
    missing: z
      .strictObject({
        weight: sumSchema.meta({
          description:
            'How much more has to be said for it; 0: it has enough, by moments in dispute, which never confirm',
        }),
        toPass: z
          .boolean()
          .meta({ description: 'That much has to be passed, if by little: as much stands against it' }),
      })
      .optional()
      .meta({ description: 'What a provisional change lacks: this, or one utterance that settles by itself' }),
    why: whySchema,
  })
  .meta({ id: 'ExplainedChange', description: 'A change, and what opened, moved and settled it' });

export const explainedContestedSchema = disputeSchema
  .extend({ effect: momentEffectSchema, why: whySchema })
  .meta({ id: 'ExplainedContestedMoment', description: 'A moment in dispute, and why it did what it did' });

export const explainedStanceSchema = z
  .strictObject({
    status: stanceStatusSchema,
    direction: stanceDirectionSchema.nullable(),
    strength: bandSchema.nullable(),
    since: dateAnswerSchema.nullable(),
    weight: sumSchema.meta({ description: 'What stands behind it; too little to say where it is under `least`' }),
    least: sumSchema,
    changeId: changeIdSchema.optional().meta({ description: 'The change that it rests on' }),
    why: whySchema,
  })
  .meta({ id: 'ExplainedStance', description: 'The stance at `at`, and why it is that' });

export const explainedConditionSchema = z
  .strictObject({
    condition: z.string().meta({ description: 'In the words of the statement with the lowest id' }),
    stance: explainedStanceSchema,
    changes: z.array(explainedChangeSchema),
    contested: z.array(explainedContestedSchema),
  })
  .meta({ id: 'ExplainedCondition', description: 'What was said to depend on something, with sums of its own' });

export const explanationSchema = z
  .strictObject({
    ...holderAndPropositionFields,
    stance: explainedStanceSchema,
    changes: z.array(explainedChangeSchema),
    contested: z.array(explainedContestedSchema),
    conditional: z
      .array(explainedConditionSchema)
      .meta({ description: 'By condition: it neither confirms nor changes what is told above' }),
    statements: z.strictObject({
      items: z.array(explainedStatementSchema),
      count: z.int().min(0).meta({ description: 'How many there are on all pages' }),
      next: z.string().optional().meta({ description: 'The `after` of the next page of statements' }),
    }),
    incomplete: z.literal(true).optional(),
    at: dateAnswerSchema,
    knownAt: positionSchema,
    method: methodReferenceSchema,
  })
  .meta({ id: 'Explanation', description: 'Why a stance, its changes and its moments in dispute are what they are' });

export type ExplainedMomentAnswer = z.infer<typeof explainedMomentSchema>;
export type ExplainedStatementAnswer = z.infer<typeof explainedStatementSchema>;
export type StepEntryAnswer = z.infer<typeof stepEntrySchema>;
export type ExplainedChangeAnswer = z.infer<typeof explainedChangeSchema>;
export type ExplainedContestedAnswer = z.infer<typeof explainedContestedSchema>;
export type ExplainedStanceAnswer = z.infer<typeof explainedStanceSchema>;
export type ExplainedConditionAnswer = z.infer<typeof explainedConditionSchema>;
export type ExplanationAnswer = z.infer<typeof explanationSchema>;
