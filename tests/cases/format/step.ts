import {
  actorInputSchema,
  aliasSchema,
  correctionInputSchema,
  edtfSchema,
  idSchema,
  nameSchema,
  propositionTextSchema,
  reasonSchema,
  statementInputSchema,
} from '@stance/contracts';
import { z } from 'zod';

export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day, YYYY-MM-DD');

/** The day on which it became known. */
const recorded = daySchema;
const { id: _id, holder: _holder, proposition: _proposition, ...statementFields } = statementInputSchema.shape;
const { reason: _reason, ...correctable } = correctionInputSchema.shape;

/** What can happen to the record, by the word that a step begins with. */
const steps = {
  statement: z.strictObject({
    statement: idSchema,
    recorded,
    holder: idSchema.optional(),
    proposition: idSchema.optional(),
    ...statementFields,
  }),
  correct: z.strictObject({ correct: idSchema, recorded, reason: reasonSchema, change: z.strictObject(correctable) }),
  retract: z.strictObject({ retract: idSchema, recorded, reason: reasonSchema }),
  alias: z.strictObject({ alias: idSchema, recorded, ...aliasSchema.shape }),
  revise: z.strictObject({ revise: idSchema, recorded, text: propositionTextSchema, reason: reasonSchema.optional() }),
  merge: z.strictObject({ merge: idSchema, recorded, into: idSchema, reason: reasonSchema.optional() }),
  unmerge: z.strictObject({ unmerge: idSchema, recorded, reason: reasonSchema.optional() }),
  membership: z.strictObject({
    membership: idSchema,
    recorded,
    group: idSchema,
    role: nameSchema.optional(),
    from: edtfSchema.optional(),
    to: edtfSchema.optional(),
    onBehalfOf: idSchema.optional(),
  }),
  relation: z.strictObject({
    relation: idSchema,
    recorded,
    type: z.enum(['entails', 'contradicts', 'narrows']),
    to: idSchema,
  }),
} as const;

export type StepWord = keyof typeof steps;
export type StepOf<Word extends StepWord> = z.infer<(typeof steps)[Word]>;
export type Step = { [Word in StepWord]: StepOf<Word> }[StepWord];

const words = Object.keys(steps) as StepWord[];

/** A step of `given`; which one its first word says, so that what is wrong with it can be told. */
export const stepSchema = z.record(z.string(), z.unknown()).transform((value, context): Step => {
  const word = words.find((name) => Object.hasOwn(value, name));
  if (word === undefined) {
    context.addIssue({ code: 'custom', message: `must have one of ${words.join(', ')}` });
    return z.NEVER;
  }
  const parsed = steps[word].safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
  return z.NEVER;
});

export const actorsSchema = z.record(idSchema, actorInputSchema);
/** The wording of each. */
export const propositionsSchema = z.record(idSchema, propositionTextSchema);
