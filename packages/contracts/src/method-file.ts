import { defaultMethod } from '@stance/domain';
import type { Method } from '@stance/domain';
import { z } from 'zod';

import { idSchema } from './ids.ts';
import { inputIssues } from './input-issues.ts';
import { checkMethodNumbers, checkMethodReasons, givenNumbers, reasonsThatHold } from './method-rules.ts';
import type { InputIssue } from './problem.ts';
import { authoritySchema, directnessSchema, partSchema } from './statement-words.ts';
import { reasonSchema } from './text.ts';

const share = z.number().min(0).max(1);
const authorities = authoritySchema;
const directnesses = z.enum([...directnessSchema.options, 'notGiven', 'record']);
const parts = z.enum([...partSchema.options, 'notGiven']);

const thresholds = {
  link: share,
  strong: z.number().gt(0).max(1),
  enough: z.number().gt(0),
  least: z.number().min(0),
  prevailing: z.number().gt(0.5).max(1),
};
const bands = z.strictObject({ moderate: share, strong: share });

/** Names that a call or a method of the service has already. */
const takenNames: ReadonlyMap<string, string> = new Map([
  [defaultMethod.name, 'is the name of the method that is always there'],
  ['compare', 'is the name of a call (/v1/methods/compare)'],
]);

const head = {
  name: idSchema.superRefine((name, context) => {
    const message = takenNames.get(name);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  }),
  version: z.int().min(1),
  reasons: z.record(z.string(), reasonSchema),
};

/** A method with all of its numbers. */
const wholeSchema = z.strictObject({
  ...head,
  authority: z.record(authorities, share),
  directness: z.record(directnesses, share),
  part: z.record(parts, share),
  ...thresholds,
  bands,
});

/** A method that gives only the numbers that it has other than the default one. */
const basedSchema = z.strictObject({
  ...head,
  basedOn: z.literal(defaultMethod.name, { error: `must be "${defaultMethod.name}"` }),
  authority: z.partialRecord(authorities, share).optional(),
  directness: z.partialRecord(directnesses, share).optional(),
  part: z.partialRecord(parts, share).optional(),
  ...z.strictObject(thresholds).partial().shape,
  bands: bands.partial().optional(),
});

export type MethodReading = { readonly ok: Method } | { readonly problems: readonly InputIssue[] };

type BasedMethod = z.infer<typeof basedSchema>;

/** What is given, else what the default method has. */
const filledUp = ({ name, version, reasons, ...given }: BasedMethod): Method => ({
  name,
  version,
  authority: { ...defaultMethod.authority, ...given.authority },
  directness: { ...defaultMethod.directness, ...given.directness },
  part: { ...defaultMethod.part, ...given.part },
  link: given.link ?? defaultMethod.link,
  strong: given.strong ?? defaultMethod.strong,
  enough: given.enough ?? defaultMethod.enough,
  least: given.least ?? defaultMethod.least,
  prevailing: given.prevailing ?? defaultMethod.prevailing,
  bands: {
    moderate: given.bands?.moderate ?? defaultMethod.bands.moderate,
    strong: given.bands?.strong ?? defaultMethod.bands.strong,
  },
  reasons: { ...reasonsThatHold(defaultMethod.reasons, givenNumbers(given)), ...reasons },
});

const isBased = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'basedOn');

/**
 * Reads what a method file holds: a method of the shape of the default one, or, with `"basedOn": "default"`, only the
 * numbers that differ, with their reasons. What comes back is whole.
 *
 * @returns everything that is wrong with it, at once, where something is.
 */
export const readMethodFile = (value: unknown): MethodReading => {
  const based = isBased(value);
  const parsed = (based ? basedSchema : wholeSchema).safeParse(value);
  const given = givenNumbers(value);
  const problems = [
    ...(parsed.success ? [] : inputIssues(parsed.error)),
    ...checkMethodNumbers(given, based),
    ...checkMethodReasons(given, value),
  ];
  if (!parsed.success || problems.length > 0) return { problems };
  return { ok: 'basedOn' in parsed.data ? filledUp(parsed.data) : parsed.data };
};
