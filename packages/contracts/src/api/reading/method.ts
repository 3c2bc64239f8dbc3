import { z } from 'zod';

/** A number of the method, and why it is what it is. */
export const methodNumberSchema = z
  .strictObject({ name: z.string(), value: z.number(), reason: z.string().optional() })
  .meta({ id: 'MethodNumber', description: 'One number of a method, and why it is what it is' });

export const methodSummarySchema = z
  .strictObject({ name: z.string(), version: z.int().min(1), default: z.boolean(), href: z.string() })
  .meta({ id: 'MethodSummary' });

export const methodListSchema = z.strictObject({ items: z.array(methodSummarySchema) }).meta({ id: 'MethodList' });

export const methodDetailSchema = z
  .strictObject({
    name: z.string(),
    version: z.int().min(1),
    default: z.boolean(),
    numbers: z.array(methodNumberSchema),
    reasons: z.record(z.string(), z.string()).meta({ description: 'What groups of numbers are about' }),
  })
  .meta({ id: 'Method', description: 'The named, versioned numbers by which statements become segments and changes' });

export type MethodList = z.infer<typeof methodListSchema>;
export type MethodDetail = z.infer<typeof methodDetailSchema>;
