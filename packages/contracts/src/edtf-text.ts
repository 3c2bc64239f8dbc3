import { z } from 'zod';

/** A date as the client wrote it, kept as given. Only its length is checked here: the rules of dates are the domain's. */
export const edtfSchema = z
  .string()
  .min(1)
  .max(100)
  .meta({ description: 'A date that may be vague, in EDTF (level 1), or an instant in ISO 8601' });
