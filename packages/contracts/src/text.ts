import { z } from 'zod';

/** One line of Unicode text: no control characters, no halves of surrogate pairs. */
const linePattern = /^[^\p{Cc}\p{Cs}]*$/u;
/** The same, but tabs and line ends may be in it. */
const linesPattern = /^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u;

const message = 'must not hold control characters or unpaired surrogates';

/** One line of text that is not blank. */
export const lineSchema = z.string().min(1).regex(linePattern, message).regex(/\S/u, 'must not be blank');

/** Text that may run over several lines. */
export const linesSchema = z.string().regex(linesPattern, message);

/** Why something was written. */
export const reasonSchema = linesSchema.min(1).max(2000);
