import { z } from 'zod';

import { sameJson } from './canonical-json.ts';
import { inputIssues } from './input-issues.ts';
import type { InputIssue } from './problem.ts';
import { quoteSchema, sourceSchema, statementInputSchema } from './statement.ts';
import type { StatementContent } from './statement.ts';
import { reasonSchema } from './text.ts';

type Shape = Readonly<Record<string, z.ZodType>>;
type Removable<Fields extends Shape> = { [Name in keyof Fields]: z.ZodOptional<z.ZodNullable<Fields[Name]>> };

/** Every field may be absent (it stays as it is) or `null` (it is taken away). */
const removable = <Fields extends Shape>(shape: Fields): Removable<Fields> =>
  Object.fromEntries(
    Object.entries(shape).map(([key, schema]) => [key, schema.nullable().optional()]),
  ) as Removable<Fields>;

const { id, holder, proposition, replaces, ...correctable } = statementInputSchema.shape;
const { extraction, endorses } = correctable;

/** What a correction changes: a JSON Merge Patch (RFC 7396) on the statement. */
const patchShape = removable({
  ...correctable,
  source: z.strictObject(removable(sourceSchema.shape)),
  quote: z.strictObject(removable(quoteSchema.shape)),
  endorses: z.strictObject(removable(endorses.unwrap().shape)),
  disowns: z.strictObject(removable({ statementId: id.unwrap(), utteranceId: id.unwrap() })),
  extraction: z.strictObject(removable(extraction.unwrap().shape)),
});

/** What makes a statement this one and not another. */
const fixed = z
  .never('cannot be corrected: retract the statement, and submit one that `replaces` it')
  .optional()
  .meta({ description: 'Cannot be corrected: retract the statement, and submit one that `replaces` it' });

/** The body of `POST /v1/statements/{id}/correction`. */
export const correctionInputSchema = z
  .strictObject({ reason: reasonSchema, id: fixed, holder: fixed, proposition: fixed, replaces: fixed, ...patchShape })
  .meta({
    id: 'CorrectionInput',
    description: 'Why, and the changed fields as a JSON Merge Patch (RFC 7396): what is `null` is taken away',
  });

/** The body of `POST /v1/statements/{id}/retraction`. */
export const retractionInputSchema = z
  .strictObject({ reason: reasonSchema })
  .meta({ id: 'RetractionInput', description: 'Why the statement should never have been recorded' });

export interface Correction {
  readonly reason: string;
  readonly patch: Readonly<Record<string, unknown>>;
}

/** A correction as submitted, or what is wrong with it. */
export const readCorrection = (
  value: unknown,
): { readonly ok: Correction } | { readonly problems: readonly InputIssue[] } => {
  const parsed = correctionInputSchema.safeParse(value);
  if (!parsed.success) return { problems: inputIssues(parsed.error) };
  const { reason, ...patch } = parsed.data;
  if (Object.keys(patch).length === 0) return { problems: [{ path: '', message: 'names no field to change' }] };
  return { ok: { reason, patch } };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const pathsIn = (patch: Readonly<Record<string, unknown>>, before: string): string[] =>
  Object.entries(patch).flatMap(([field, value]) => {
    const path = `${before}${field}`;
    return isObject(value) && Object.keys(value).length > 0 ? pathsIn(value, `${path}.`) : [path];
  });

/** The fields that the patch of a correction sets or takes away, by their paths (`saidAt`, `source.title`), sorted. */
export const correctedFields = (patch: Correction['patch']): string[] => [...new Set(pathsIn(patch, ''))].sort();

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, field) => (isObject(at) ? new Map(Object.entries(at)).get(field) : undefined), value);

/** Those of them that are another in the corrected statement than before. */
export const changedFields = (before: StatementContent, { patch }: Correction, after: StatementContent): string[] =>
  correctedFields(patch).filter((field) => {
    const path = field.split('.');
    return !sameJson(valueAt(before, path), valueAt(after, path));
  });
