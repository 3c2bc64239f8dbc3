import { z } from 'zod';

import { idSchema } from '../ids.ts';
import { changeIdSchema } from './reading/change.ts';
import { instantSchema } from './reading/date.ts';
import { publishedChangeSchema } from './reading/published-change.ts';
import { removalReasonSchema } from './reading/streams.ts';

const message = <Type extends string, Data extends z.ZodType>(type: Type, data: Data) =>
  z.strictObject({
    type: z.literal(type),
    timestamp: instantSchema.meta({ description: 'When it came about' }),
    data,
  });

const feed = z.string().meta({ description: 'Which feed it is: positions of another one mean nothing here' });
const changeData = z.strictObject({
  feed,
  position: z.int().min(1).meta({ description: 'In the feed: of two messages about one change the later one holds' }),
  change: publishedChangeSchema,
});

/** Why an endpoint is told everything anew. */
const webhookResetReasonSchema = z.enum(['unknown-epoch', 'ahead', 'holder-changed', 'filter-changed']).meta({
  id: 'WebhookResetReason',
  description:
    'unknown-epoch: the feed is another one; ahead: it was put back to an older state; holder-changed: by a merge, or its end, the holder of the filter answers as somebody else than before; filter-changed: it asks for others',
});

/** What an endpoint is sent, as the JSON of the body. */
export const webhookMessageSchema = z
  .discriminatedUnion('type', [
    message('StanceChangeDetected', changeData),
    message('StanceChangeRevised', changeData),
    message(
      'StanceChangeRemoved',
      changeData.extend({
        reason: removalReasonSchema,
        replacedBy: changeIdSchema.optional().meta({ description: 'Of one that has gone: the change in its place' }),
      }),
    ),
    message('stance.reset', z.strictObject({ feed, reason: webhookResetReasonSchema })),
    message('stance.ping', z.strictObject({ webhook: idSchema })),
  ])
  .meta({
    id: 'WebhookMessage',
    description:
      'What an endpoint is sent. `stance.reset`: drop what was told before, all that there is follows; `stance.ping`: somebody tries whether it arrives.',
  });

export type WebhookResetReason = z.infer<typeof webhookResetReasonSchema>;
export type WebhookMessage = z.infer<typeof webhookMessageSchema>;
