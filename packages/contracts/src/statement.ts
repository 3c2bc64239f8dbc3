import { z } from 'zod';

import { nameSchema } from './actor.ts';
import { edtfSchema } from './edtf-text.ts';
import { idSchema } from './ids.ts';
import { languageSchema } from './proposition.ts';
import { actSchema, authoritySchema, directionSchema, directnessSchema, partSchema } from './statement-words.ts';
import { linesSchema } from './text.ts';

const shareSchema = z.number().min(0).max(1);

/** One link of the chain of reporters. */
export const reporterSchema = z.strictObject({
  actor: idSchema.optional().meta({ description: 'Who passed it on, where that is an actor of the record' }),
  name: nameSchema.optional().meta({ description: 'Who passed it on, as the document calls them' }),
  verb: nameSchema.max(100).optional().meta({ description: 'How they did: "said", "recalled"' }),
});

export const sourceSchema = z
  .strictObject({
    id: idSchema.optional().meta({
      description:
        'An id for the document, the same for all statements in it. Else it is known by `url`, else by the rest',
    }),
    url: z
      .string()
      .max(2000)
      .regex(/^https?:\/\/[^\s\p{Cc}\p{Cs}]+$/u, 'must be an http or https URL')
      .optional()
      .meta({ description: 'Its address, http or https' }),
    publisher: nameSchema.optional().meta({
      description: 'Who published it, always spelled alike: what one publisher prints on one day counts once',
    }),
    title: nameSchema.optional().meta({ description: 'Its title, as printed' }),
    publishedAt: edtfSchema.optional().meta({
      description: 'When it was published, an EDTF date or an instant: nothing in it was said later',
    }),
    copyOf: idSchema.optional().meta({
      description: 'The `id` of the document that this one repeats, as of an agency report: adds reach, no weight',
    }),
    part: partSchema.optional(),
  })
  .meta({ id: 'Source', description: 'The document in which it was read' });

export const quoteSchema = z
  .strictObject({
    exact: linesSchema.min(1).max(10_000).meta({ description: 'The words of the document, letter by letter' }),
    prefix: linesSchema.max(1000).optional().meta({ description: 'What stands before them, to find them again' }),
    suffix: linesSchema.max(1000).optional().meta({ description: 'What stands after them' }),
    start: z.int().min(0).optional().meta({
      description: 'Where they start in the text of the document, in UTF-16 units; with `end`',
    }),
    end: z.int().min(0).optional().meta({
      description: 'Where they end: `end - start` is the length of `exact`',
    }),
    directness: directnessSchema,
  })
  .meta({ id: 'Quote', description: 'The words that show it' });

export const endorsesSchema = z
  .strictObject({
    holder: idSchema.meta({ description: 'Whose stance; never the holder of the statement' }),
    proposition: idSchema.optional().meta({ description: 'On what; the proposition of the statement where absent' }),
  })
  .meta({
    description:
      'For the acts `endorse` and `reject`, and required there: the stance that is pointed at, as it stood when this ' +
      'was said',
  });
export const disownsSchema = z
  .union([z.strictObject({ statementId: idSchema }), z.strictObject({ utteranceId: idSchema })])
  .meta({
    description:
      'For the act `disown`, and required there: what the holder takes back, one statement or all of an utterance that ' +
      "were made for him. May be recorded before it; another holder's statements stay as they are",
  });
export const extractionSchema = z
  .strictObject({
    method: nameSchema.max(200).meta({ description: 'How it was read: `hand`, or the program and its version' }),
    by: nameSchema.optional().meta({ description: 'Who read it' }),
    confidence: shareSchema.optional().meta({
      description: 'How sure the reading is, 0 to 1 (absent: 1); multiplies the weight',
    }),
  })
  .meta({ description: 'Who or what turned the text into this statement' });

const holderSchema = idSchema.meta({ description: 'The actor whose stance it is, whoever speaks' });
const aboutSchema = idSchema.meta({ description: 'The proposition that it is about' });

/** All fields of a statement but those that name it; the same for what is submitted and what is recorded. */
const fields = {
  direction: directionSchema.optional(),
  strength: shareSchema.optional().meta({
    description:
      'How firmly the holder put it, 0 to 1; absent where the words do not say. Below 0.4 weak, from 0.75 strong, by the ' +
      'default method. Never changes the weight',
  }),
  certainty: shareSchema.optional().meta({
    description:
      'How sure the words make the direction, 0 to 1 (absent: 1): hints and irony are below 1. Multiplies the weight',
  }),
  saidAt: edtfSchema.optional().meta({
    description:
      'When it was said, an EDTF date (`2024-06-05`, `2024-06`, `2024-06-05/2024-06-08`, `../2024-06-08`) or an instant. ' +
      'Absent: when it was published, and marked as assumed. This or `source.publishedAt` is required',
  }),
  heldSince: edtfSchema.optional().meta({
    description:
      'Since when the words say that it has been held, in EDTF. A claim: answered as `claimedSince`, never makes a change',
  }),
  speaker: idSchema.optional().meta({ description: 'The actor who uttered the words, where that is not the holder' }),
  reportedBy: z
    .array(reporterSchema)
    .max(20)
    .optional()
    .meta({
      description:
        'Through whom the words came to the document, the one nearest to the speaker first. Each after the first takes ' +
        'some of the weight',
    }),
  source: sourceSchema.optional(),
  quote: quoteSchema.optional(),
  utteranceId: idSchema.optional().meta({
    description:
      'An id for one act of speaking, such as a press conference, the same for all accounts of it: they count once, and ' +
      'where they disagree, the day is contested',
  }),
  endorses: endorsesSchema.optional(),
  disowns: disownsSchema.optional(),
  condition: linesSchema.min(1).max(2000).optional().meta({
    description:
      'On what it depends, without the "only if", always worded alike: it counts for the stance under that condition alone',
  }),
  language: languageSchema.optional().meta({ description: 'The language of the quote, as a BCP 47 tag' }),
  replaces: idSchema.optional().meta({
    description:
      'The statement that this one stands for, where its holder or proposition was wrong; that one then counts for nothing',
  }),
  extraction: extractionSchema.optional(),
};

/**
 * A statement as recorded: what was submitted, with the defaults of `act` and `authority` filled in and without the
 * caller's `id`. All other fields are kept exactly as given.
 */
export const statementContentSchema = z
  .strictObject({
    holder: holderSchema,
    proposition: aboutSchema,
    act: actSchema,
    authority: authoritySchema,
    ...fields,
  })
  .meta({ id: 'StatementContent', description: 'A statement as recorded' });

/** A statement as submitted. The rules across its fields are those of `checkStatement`. */
export const statementInputSchema = z
  .strictObject({
    id: idSchema.optional().meta({
      description:
        "The caller's id. Without it one is made from the content, so that the same statement sent twice is one",
    }),
    holder: holderSchema,
    proposition: aboutSchema,
    act: actSchema.optional(),
    authority: authoritySchema.optional(),
    ...fields,
  })
  .meta({
    id: 'StatementInput',
    description:
      'One utterance by, or attributed to, one actor about one proposition. `direction` is required, but must not be ' +
      'given with the acts `endorse`, `reject` and `disown`.',
  });

export type StatementContent = z.infer<typeof statementContentSchema>;
export type StatementInput = z.infer<typeof statementInputSchema>;
