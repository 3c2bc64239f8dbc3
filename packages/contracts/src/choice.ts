import { z } from 'zod';

/** One of a few words. Unlike a plain enum it tells a field that is missing from one with a wrong word. */
export const choiceSchema = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, { error: ({ input }) => (input === undefined ? 'is required' : undefined) });
