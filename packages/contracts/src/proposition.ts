import { z } from 'zod';

/** One sentence that can be supported or opposed. */
export const propositionTextSchema = z
  .string()
  .min(1)
  .max(2000)
  .regex(/^[^\p{Cc}]*$/u, 'must not hold control characters')
  .refine((text) => text.trim().length > 0, 'must not be blank');

/** A BCP 47 language tag, by its shape. */
export const languageSchema = z.string().max(35).regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'must be a BCP 47 tag');
