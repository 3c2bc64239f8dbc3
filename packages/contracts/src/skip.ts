import { z } from 'zod';

import { lineSchema, reasonSchema } from './text.ts';

/** The name of a stream: `statement-<id>`, `registry`, or what a newer program made. */
export const streamNameSchema = lineSchema
  .max(300)
  .meta({ id: 'StreamName', description: 'A stream of the event store, such as `statement-<id>` or `registry`' });

/** Which event counts for nothing, and why. */
export const skippedEventSchema = z.strictObject({
  stream: streamNameSchema,
  revision: z.int().min(0),
  eventId: z.string().min(1).max(100),
  wholeStream: z.literal(true).optional(),
  reason: reasonSchema,
});

/** The body of `POST /v1/projections/{name}/parked/{stream}/skip`. */
export const skipInputSchema = z
  .strictObject({
    revision: skippedEventSchema.shape.revision.meta({
      description: 'Of the event that is parked, so that what is skipped is what was looked at',
    }),
    wholeStream: z
      .boolean()
      .optional()
      .meta({
        description:
          'Whether all of the stream counts for nothing, what is yet to come included. Only with revision 0, and for a ' +
          'statement needed there: without its first event none of the later ones says anything',
      }),
    reason: reasonSchema,
  })
  .meta({ id: 'SkipInput', description: 'Which event is to count for nothing, and why' });

export type SkipInput = z.infer<typeof skipInputSchema>;
