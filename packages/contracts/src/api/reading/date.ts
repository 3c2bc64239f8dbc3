import { z } from 'zod';

/** A calendar day, `YYYY-MM-DD`; years beyond four digits carry a sign. */
export const isoDaySchema = z
  .string()
  .regex(/^(-?\d{4}|Y-?\d{5,})-\d{2}-\d{2}$/)
  .meta({
    id: 'Day',
    description: 'A calendar day in UTC: YYYY-MM-DD; years before 0 and after 9999 as EDTF writes them',
  });

/** A date in an answer: as given, and the days it spans. */
export const dateAnswerSchema = z
  .strictObject({ edtf: z.string(), earliest: isoDaySchema.nullable(), latest: isoDaySchema.nullable() })
  .meta({
    id: 'Date',
    description: 'A date that may be vague: as given (EDTF), and the days it spans, both included; null: open',
  });

export const instantSchema = z.iso.datetime().meta({ id: 'Instant', description: 'An instant in UTC, ISO 8601' });

export const positionSchema = z
  .int()
  .min(0)
  .meta({ id: 'Position', description: 'A position of the log; 0: before all events' });

export const methodReferenceSchema = z
  .strictObject({ name: z.string(), version: z.int().min(1) })
  .meta({ id: 'MethodReference', description: 'The method that an answer was made with' });

export type DateAnswer = z.infer<typeof dateAnswerSchema>;
export type MethodReference = z.infer<typeof methodReferenceSchema>;

/** What a list answers: its items, and where the next page begins. */
export const listAnswerSchema = <Item extends z.ZodType, More extends z.ZodRawShape>(item: Item, more: More) =>
  z.strictObject({
    items: z.array(item),
    next: z.string().optional().meta({ description: 'The `after` of the next page; absent on the last one' }),
    knownAt: positionSchema,
    ...more,
  });
